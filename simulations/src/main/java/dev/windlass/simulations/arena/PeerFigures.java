package dev.windlass.simulations.arena;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What Cluster Autoscaler and Karpenter did with the same workloads, from {@code peers.csv}.
 *
 * @param note versions, date and machine
 * @param rows of the table: a row's cells by the columns of the report
 */
record PeerFigures(String note, List<Row> rows) {
  private static final int COLUMNS = 14;

  /**
   * A row.
   *
   * @param workload what was played
   * @param cells the scaler's name and the figures, in the order of the file
   */
  record Row(String workload, List<String> cells) {}

  static PeerFigures read() {
    InputStream stream = PeerFigures.class.getResourceAsStream("peers.csv");
    if (stream == null) {
      throw new IllegalStateException("peers.csv is missing from the class path");
    }
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      List<String> lines = reader.lines().toList();
      return new PeerFigures(
          lines.getFirst().substring(2), lines.stream().skip(2).map(PeerFigures::row).toList());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static Row row(String line) {
    List<String> cells = List.of(line.split(",", -1));
    if (cells.size() != COLUMNS) {
      throw new IllegalStateException("peers.csv: need " + COLUMNS + " cells: " + line);
    }
    return new Row(cells.getFirst(), cells.subList(1, cells.size()));
  }

  List<Row> of(Workload workload) {
    return rows.stream().filter(row -> row.workload().equals(workload.label())).toList();
  }
}
