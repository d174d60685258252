package dev.windlass.gpu.runtime;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The least change of a TOML text that makes settings true. Order, spaces and comments of the rest
 * stay. The result is read again: it means the old document with these settings and nothing else.
 */
final class TomlEdit {
  private TomlEdit() {}

  /** The new text, or nothing where it takes more than adding lines and replacing values. */
  static Optional<String> apply(String text, TomlTree tree, List<TomlSetting> settings) {
    String edited = text;
    Map<List<String>, Map<String, Object>> added = new LinkedHashMap<>();
    Optional<TomlTree> expected = Optional.of(tree);
    for (TomlSetting setting : settings) {
      Optional<String> inPlace = inPlace(edited, setting);
      if (inPlace.isPresent()) {
        edited = inPlace.get();
      } else {
        added
            .computeIfAbsent(setting.table(), _ -> new TreeMap<>())
            .put(setting.key(), setting.value());
      }
      expected = expected.flatMap(before -> before.with(setting));
    }
    String result = append(edited, added);
    return expected.filter(wanted -> means(result, wanted)).map(_ -> result);
  }

  private static boolean means(String text, TomlTree wanted) {
    return TomlTree.read(text) instanceof TomlTree.Reading.Read(TomlTree tree)
        && tree.equals(wanted);
  }

  /** Replaces the value, or adds a line to its table; empty when the text has no such table. */
  private static Optional<String> inPlace(String text, TomlSetting setting) {
    TomlStatement header = null;
    boolean inside = setting.table().isEmpty();
    for (TomlStatement statement : TomlStatement.of(text)) {
      if (statement.header()) {
        inside = statement.path().equals(setting.table());
        header = inside ? statement : header;
      } else if (inside && statement.path().equals(List.of(setting.key()))) {
        String value = TomlWriter.value(setting.value());
        return Optional.of(
            text.substring(0, statement.valueStart()) + value + text.substring(statement.end()));
      }
    }
    if (setting.table().isEmpty()) {
      return Optional.of(line(text, "", setting) + text);
    }
    return Optional.ofNullable(header).map(found -> insertAfter(text, found, setting));
  }

  private static String insertAfter(String text, TomlStatement header, TomlSetting setting) {
    int lineStart = text.lastIndexOf('\n', header.start()) + 1;
    String indentation = text.substring(lineStart, header.start()) + "  ";
    String before = endWithLineBreak(text.substring(0, header.lineEnd()), lineBreak(text));
    return before + line(text, indentation, setting) + text.substring(header.lineEnd());
  }

  private static String append(String text, Map<List<String>, Map<String, Object>> tables) {
    String lineBreak = lineBreak(text);
    StringBuilder result = new StringBuilder(text);
    tables.forEach((path, values) -> {
      String before = endWithLineBreak(result.toString(), lineBreak);
      String section = TomlWriter.section(path, values).replace("\n", lineBreak);
      result.setLength(0);
      result.append(before).append(before.isEmpty() ? "" : lineBreak).append(section);
    });
    return result.toString();
  }

  private static String line(String text, String indentation, TomlSetting setting) {
    String line = TomlWriter.assignment(setting.key(), setting.value());
    return indentation + line.replace("\n", lineBreak(text));
  }

  private static String endWithLineBreak(String text, String lineBreak) {
    return text.isEmpty() || text.endsWith("\n") ? text : text + lineBreak;
  }

  private static String lineBreak(String text) {
    return text.contains("\r\n") ? "\r\n" : "\n";
  }
}
