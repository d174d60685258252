package dev.windlass.gpu.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes TOML that every version of the format reads. */
final class TomlWriter {
  private static final Pattern BARE = Pattern.compile("[A-Za-z0-9_-]+");

  private TomlWriter() {}

  /** A table's header and values, then those of the tables in it. */
  static String section(List<String> path, Map<String, Object> table) {
    StringBuilder text = new StringBuilder(header(path));
    table.forEach((key, value) -> {
      if (!(value instanceof Map)) {
        text.append("  ").append(assignment(key, value));
      }
    });
    table.forEach((key, value) -> {
      if (value instanceof Map) {
        List<String> inner = new ArrayList<>(path);
        inner.add(key);
        text.append('\n').append(section(inner, TomlTree.asTable(value)));
      }
    });
    return text.toString();
  }

  static String header(List<String> path) {
    return path.stream().map(TomlWriter::key).collect(Collectors.joining(".", "[", "]\n"));
  }

  static String assignment(String key, Object value) {
    return key(key) + " = " + value(value) + "\n";
  }

  static String value(Object value) {
    return switch (value) {
      case String text -> quoted(text);
      case List<?> list ->
          list.stream().map(TomlWriter::value).collect(Collectors.joining(", ", "[", "]"));
      case Map<?, ?> map ->
          map.entrySet().stream()
              .map(entry -> key(String.valueOf(entry.getKey())) + " = " + value(entry.getValue()))
              .collect(Collectors.joining(", ", "{", "}"));
      case Object other -> other.toString();
    };
  }

  private static String key(String key) {
    return BARE.matcher(key).matches() ? key : quoted(key);
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ' || c == 0x7f) {
        quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
