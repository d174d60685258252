package dev.windlass.simulations.benchmark;

import java.util.List;
import java.util.Objects;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;

/** What came of one row: a series of figures over its decisions for each thing that is measured. */
final class Measurement {
  private final Row row;
  private final List<IterationResult> decisions;

  Measurement(Row row, RunResult result) {
    this.row = row;
    decisions =
        result.getBenchmarkResults().stream()
            .flatMap(fork -> fork.getIterationResults().stream())
            .toList();
  }

  Row row() {
    return row;
  }

  int decisions() {
    return decisions.size();
  }

  Spread millis() {
    return Spread.of(decisions.stream().mapToDouble(each -> each.getPrimaryResult().getScore()));
  }

  /** What is counted beside the time, by its name in {@link DecisionBenchmark.Beside}. */
  Spread beside(String name) {
    return Spread.of(
        decisions.stream()
            .map(each -> Objects.requireNonNull(each.getSecondaryResults().get(name)))
            .mapToDouble(result -> result.getScore()));
  }
}
