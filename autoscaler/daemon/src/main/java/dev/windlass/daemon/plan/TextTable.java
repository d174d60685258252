package dev.windlass.daemon.plan;

import java.util.ArrayList;
import java.util.List;

/** Rows under headings, each column as wide as its widest cell; the last one isn't padded. */
final class TextTable {
  private final List<List<String>> rows = new ArrayList<>();
  private final int columns;

  TextTable(String... headings) {
    this.columns = headings.length;
    rows.add(List.of(headings));
  }

  void add(String... cells) {
    if (cells.length != columns) {
      throw new IllegalArgumentException("need " + columns + " cells, got " + cells.length);
    }
    rows.add(List.of(cells));
  }

  /** The table with a line break after each row. */
  String render() {
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < columns; i++) {
        String cell = row.get(i);
        line.append(cell).repeat(' ', i + 1 < columns ? widths[i] - cell.length() + 2 : 0);
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }
}
