package dev.windlass.gpu.runtime;

import java.util.List;

/**
 * One value of a TOML document.
 *
 * @param table the keys on the way to its table
 * @param key its key there
 * @param value a text, truth value, number, list or map of such
 */
record TomlSetting(List<String> table, String key, Object value) {
  TomlSetting {
    table = List.copyOf(table);
  }
}
