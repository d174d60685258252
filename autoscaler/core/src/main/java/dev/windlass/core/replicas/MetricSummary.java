package dev.windlass.core.replicas;

import dev.windlass.core.replicas.MetricResult.Failed;
import dev.windlass.core.replicas.ReplicaDecision.MetricProposal;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What a scaler's metrics and schedules ask for together: the largest proposal. When a metric has
 * no answer, the target may grow by the others but not shrink.
 */
sealed interface MetricSummary {
  /** Every metric's proposal in their order, then every schedule's. */
  List<MetricProposal> proposals();

  /** Since when each metric without an answer has had none, by its place. */
  Map<Integer, Instant> failingSince();

  /**
   * The metrics ask for this.
   *
   * @param replicas the largest proposal
   * @param phrase the metric that made it
   */
  record Wanted(
      List<MetricProposal> proposals,
      Map<Integer, Instant> failingSince,
      int replicas,
      String phrase)
      implements MetricSummary {
    public Wanted {
      proposals = List.copyOf(proposals);
      failingSince = Map.copyOf(failingSince);
    }
  }

  /** The size is held, for the reason of the first metric that failed. */
  record Held(
      List<MetricProposal> proposals, Map<Integer, Instant> failingSince, Failed first, int failed)
      implements MetricSummary {
    public Held {
      proposals = List.copyOf(proposals);
      failingSince = Map.copyOf(failingSince);
    }
  }

  /**
   * Asks every metric and every schedule.
   *
   * @param failingSince what the last decision noted of metrics without an answer
   */
  static MetricSummary of(MetricInputs inputs, Map<Integer, Instant> failingSince) {
    MetricPoll poll = new MetricPoll(inputs, failingSince);
    poll.askMetrics();
    poll.askSchedules();
    return poll.summary();
  }
}
