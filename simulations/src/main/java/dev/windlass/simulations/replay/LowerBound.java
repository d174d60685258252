package dev.windlass.simulations.replay;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The least that any plan for all pods of a trace's list at once can cost.
 *
 * @param usdPerHour US dollars an hour
 * @param method how it was found
 */
record LowerBound(double usdPerHour, String method) {
  private static final int COLUMNS = 9;

  /**
   * Looks a list up in a file {@code lower-bounds.csv} in the trace's folder or beside it: columns
   * list, cloud, capacity, gpu_rule, lower_bound_usd_hour … method.
   */
  static Optional<LowerBound> find(Path folder, String list) throws IOException {
    for (Path place : new Path[] {folder, folder.toAbsolutePath().normalize().getParent()}) {
      Path file = place == null ? null : place.resolve("lower-bounds.csv");
      if (file != null && Files.isRegularFile(file)) {
        try (BufferedReader lines = Files.newBufferedReader(file)) {
          return lines
              .lines()
              .map(line -> line.split(",", COLUMNS))
              .filter(cells -> cells.length == COLUMNS)
              .filter(cells -> cells[0].equals(list) && cells[1].equals("aws"))
              .filter(cells -> cells[2].equals("allocatable"))
              .map(cells -> new LowerBound(Double.parseDouble(cells[4]), cells[8]))
              .findFirst();
        }
      }
    }
    return Optional.empty();
  }
}
