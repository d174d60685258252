package dev.windlass.core.replicas;

import dev.windlass.core.model.MetricReading;
import dev.windlass.core.model.MetricSpec;
import dev.windlass.core.replicas.MetricResult.Failed;
import dev.windlass.core.replicas.MetricResult.Proposed;
import dev.windlass.core.replicas.ReplicaDecision.MetricProposal;
import java.util.ArrayList;
import java.util.List;

/**
 * What a scaler's metrics ask for together: the largest proposal. When one has no answer, the
 * target may grow by the others but not shrink.
 */
sealed interface MetricSummary {
  /** Every metric's proposal, in their order. */
  List<MetricProposal> proposals();

  /**
   * The metrics ask for this.
   *
   * @param replicas the largest proposal
   * @param phrase the metric that made it
   */
  record Wanted(List<MetricProposal> proposals, int replicas, String phrase)
      implements MetricSummary {
    public Wanted {
      proposals = List.copyOf(proposals);
    }
  }

  /** The size is held, for the reason of the first metric that failed. */
  record Held(List<MetricProposal> proposals, Failed first, int failed) implements MetricSummary {
    public Held {
      proposals = List.copyOf(proposals);
    }
  }

  static MetricSummary of(MetricInputs inputs) {
    List<MetricProposal> proposals = new ArrayList<>();
    List<Failed> failures = new ArrayList<>();
    int replicas = 0;
    String phrase = "";
    for (int i = 0; i < inputs.metrics().size(); i++) {
      MetricSpec metric = inputs.metrics().get(i);
      MetricReading reading = inputs.readings().get(i);
      MetricResult result = MetricRules.evaluate(metric, reading, inputs);
      proposals.add(proposal(metric, result));
      switch (result) {
        case Failed failed -> failures.add(failed);
        case Proposed proposed -> {
          if (replicas == 0 || proposed.replicas() > replicas) {
            replicas = proposed.replicas();
            phrase = MetricWords.phrase(metric);
          }
        }
      }
    }
    boolean none = failures.size() == proposals.size();
    boolean wouldShrink = !failures.isEmpty() && replicas < inputs.target().specReplicas();
    if (!failures.isEmpty() && (none || wouldShrink)) {
      return new Held(proposals, failures.getFirst(), failures.size());
    }
    return new Wanted(proposals, Math.max(0, replicas), phrase);
  }

  private static MetricProposal proposal(MetricSpec metric, MetricResult result) {
    String type = MetricWords.type(metric);
    String target = MetricWords.target(metric);
    return switch (result) {
      case Proposed proposed ->
          new MetricProposal(
              type, metric.name(), proposed.current(), target, proposed.replicas(), null);
      case Failed failed ->
          new MetricProposal(
              type,
              metric.name(),
              null,
              target,
              null,
              failed.reason().title() + ": " + failed.message());
    };
  }
}
