package dev.windlass.gpu.runtime;

import java.util.ArrayList;
import java.util.List;

/**
 * One statement of a TOML text: a header or an assignment. Comments and empty lines are none.
 *
 * @param header whether it opens a table
 * @param path the keys that it names
 * @param start where its first character is
 * @param valueStart where an assignment's value begins; the end of a header
 * @param end after its last character, before a comment on the same line
 * @param lineEnd after the line break that ends it
 */
record TomlStatement(
    boolean header, List<String> path, int start, int valueStart, int end, int lineEnd) {
  TomlStatement {
    path = List.copyOf(path);
  }

  /** The statements of a valid text, in order. */
  static List<TomlStatement> of(String text) {
    TomlScanner scanner = new TomlScanner(text);
    List<TomlStatement> statements = new ArrayList<>();
    while (scanner.nextStatement()) {
      statements.add(scanner.statement());
    }
    return statements;
  }
}
