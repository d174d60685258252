package dev.windlass.core.replicas;

import dev.windlass.core.model.ScalerHistory.MetricMemory;
import dev.windlass.core.replicas.MetricResult.Failed;
import dev.windlass.core.replicas.ReplicaDecision.MetricProposal;
import java.util.List;
import java.util.Map;

/**
 * What a scaler's metrics and schedules ask for together: the largest proposal. When a metric has
 * no answer, the target may grow by the others but not shrink.
 */
sealed interface MetricSummary {
  /** Every metric's proposal in their order, then every schedule's. */
  List<MetricProposal> proposals();

  /** What to remember of each metric, by its place. */
  Map<Integer, MetricMemory> memory();

  /**
   * The metrics ask for this.
   *
   * @param replicas the largest proposal
   * @param phrase the metric that made it
   */
  record Wanted(
      List<MetricProposal> proposals,
      Map<Integer, MetricMemory> memory,
      int replicas,
      String phrase)
      implements MetricSummary {
    public Wanted {
      proposals = List.copyOf(proposals);
      memory = Map.copyOf(memory);
    }
  }

  /** The size is held, for the reason of the first metric that failed. */
  record Held(
      List<MetricProposal> proposals, Map<Integer, MetricMemory> memory, Failed first, int failed)
      implements MetricSummary {
    public Held {
      proposals = List.copyOf(proposals);
      memory = Map.copyOf(memory);
    }
  }

  /**
   * Asks every metric and every schedule.
   *
   * @param memory what the last decision noted of them
   */
  static MetricSummary of(MetricInputs inputs, Map<Integer, MetricMemory> memory) {
    MetricPoll poll = new MetricPoll(inputs, memory);
    poll.askMetrics();
    poll.askSchedules();
    return poll.summary();
  }
}
