package dev.windlass.provider.contract.rows;

import dev.windlass.provider.contract.Row;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The faults F1 to F48, in their order. */
public final class FaultList {
  private FaultList() {}

  /**
   * All rows.
   *
   * @param latency how much real time each answer of the large account takes
   */
  public static List<Row> rows(Duration latency) {
    return Stream.of(
            ReadingRows.rows(),
            WritingRows.rows(),
            DeletionRows.rows(),
            CapacityRows.rows(),
            RefusalRows.rows(),
            OperationRows.rows(),
            SizeRows.rows(latency),
            elsewhere())
        .flatMap(List::stream)
        .sorted(Comparator.comparingInt(row -> Integer.parseInt(row.id().substring(1))))
        .toList();
  }

  private static List<Row> elsewhere() {
    return List.of(
        Row.elsewhere(
            "F28",
            "registers without its GPUs",
            "seen in the Node, not in the cloud: decided by the core's GPU planner"),
        Row.elsewhere(
            "F43",
            "first node differs from its template",
            "seen in the Node, not in the cloud: compared by the core (TemplateDriftTest)"));
  }
}
