package dev.windlass.daemon.plan;

import dev.windlass.core.decision.Decider;
import dev.windlass.core.model.AutoscalerState;
import dev.windlass.core.model.ClusterSnapshot;
import dev.windlass.core.model.Policy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * How long decisions on one input take.
 *
 * @param nanos each decision, in order; at least one
 */
record Timing(List<Long> nanos) {
  private static final double NANOS_PER_MILLI = 1_000_000;

  Timing {
    nanos = List.copyOf(nanos);
  }

  /** Decides some times and measures each. */
  static Timing measure(ClusterSnapshot snapshot, Policy policy, Instant now, int times) {
    List<Long> nanos = new ArrayList<>(times);
    for (int i = 0; i < times; i++) {
      long begin = System.nanoTime();
      Decider.decide(snapshot, AutoscalerState.EMPTY, policy, now);
      nanos.add(System.nanoTime() - begin);
    }
    return new Timing(nanos);
  }

  /** The plan's {@code timing}. */
  ObjectNode json(long parseNanos) {
    List<Long> sorted = nanos.stream().sorted().toList();
    ObjectNode timing = JsonNodeFactory.instance.objectNode();
    timing.put("parseMillis", parseNanos / NANOS_PER_MILLI);
    timing
        .putObject("decideMillis")
        .put("first", nanos.getFirst() / NANOS_PER_MILLI)
        .put("min", sorted.getFirst() / NANOS_PER_MILLI)
        .put("median", sorted.get(sorted.size() / 2) / NANOS_PER_MILLI)
        .put("max", sorted.getLast() / NANOS_PER_MILLI);
    Runtime runtime = Runtime.getRuntime();
    timing.put("heapBytes", runtime.totalMemory() - runtime.freeMemory());
    return timing;
  }
}
