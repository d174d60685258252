package dev.windlass.gpu.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlTable;

/**
 * The values of a TOML document, however they are written. Equal documents have equal trees.
 *
 * @param root tables as maps, arrays as lists, the rest as Java's own types
 */
record TomlTree(Map<String, Object> root) {
  /** What a text says. */
  sealed interface Reading {
    /** A document. */
    record Read(TomlTree tree) implements Reading {}

    /** No document, and where. */
    record Invalid(String message) implements Reading {}
  }

  static Reading read(String text) {
    TomlParseResult result = Toml.parse(text);
    return result.hasErrors()
        ? new Reading.Invalid(result.errors().getFirst().toString())
        : new Reading.Read(new TomlTree(table(result)));
  }

  /** The table at this path; empty where there is none. */
  Map<String, Object> tableAt(List<String> path) {
    Map<String, Object> table = root;
    for (String key : path) {
      table = asTable(table.get(key));
    }
    return table;
  }

  boolean hasTable(List<String> path) {
    Object table = tableAt(path.subList(0, path.size() - 1)).get(path.getLast());
    return table instanceof Map<?, ?>;
  }

  /** The text at this key; empty where there is none. */
  String textAt(List<String> path, String key) {
    return tableAt(path).get(key) instanceof String text ? text : "";
  }

  /** The texts of the array at this key, or nothing where there is no array. */
  Optional<List<String>> textsAt(List<String> path, String key) {
    return tableAt(path).get(key) instanceof List<?> list
        ? Optional.of(list.stream().map(String::valueOf).toList())
        : Optional.empty();
  }

  /** This tree with one more setting; empty when a value stands where a table must be. */
  Optional<TomlTree> with(TomlSetting setting) {
    return with(root, setting.table(), setting).map(TomlTree::new);
  }

  private static Optional<Map<String, Object>> with(
      Map<String, Object> table, List<String> rest, TomlSetting setting) {
    Map<String, Object> copy = new TreeMap<>(table);
    if (rest.isEmpty()) {
      copy.put(setting.key(), setting.value());
      return Optional.of(copy);
    }
    Object child = table.get(rest.getFirst());
    if (child != null && !(child instanceof Map)) {
      return Optional.empty();
    }
    return with(asTable(child), rest.subList(1, rest.size()), setting)
        .map(changed -> {
          copy.put(rest.getFirst(), changed);
          return copy;
        });
  }

  /** The value as a table; empty when it is none. */
  static Map<String, Object> asTable(@Nullable Object value) {
    Map<String, Object> table = new TreeMap<>();
    if (value instanceof Map<?, ?> map) {
      map.forEach((key, item) -> table.put(String.valueOf(key), item));
    }
    return table;
  }

  private static Map<String, Object> table(TomlTable source) {
    Map<String, Object> table = new TreeMap<>();
    source.toMap().forEach((key, value) -> table.put(key, value(value)));
    return table;
  }

  private static Object value(Object value) {
    if (value instanceof TomlTable table) {
      return table(table);
    }
    if (value instanceof TomlArray array) {
      List<Object> list = new ArrayList<>();
      array.toList().forEach(item -> list.add(value(item)));
      return list;
    }
    return value;
  }
}
