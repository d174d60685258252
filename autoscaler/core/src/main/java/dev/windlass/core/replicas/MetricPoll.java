package dev.windlass.core.replicas;

import dev.windlass.core.model.Fallback;
import dev.windlass.core.model.Fallbacks;
import dev.windlass.core.model.MetricReading.Cause;
import dev.windlass.core.model.MetricSpec;
import dev.windlass.core.model.ScalerHistory.MetricMemory;
import dev.windlass.core.model.ScalerHistory.Outage;
import dev.windlass.core.model.ScalerHistory.Recommendation;
import dev.windlass.core.model.ScalingExtras.Schedule;
import dev.windlass.core.replicas.MetricResult.Failed;
import dev.windlass.core.replicas.MetricResult.Proposed;
import dev.windlass.core.replicas.ReplicaDecision.MetricProposal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Asks a scaler's metrics and schedules one by one and keeps the largest proposal. */
final class MetricPoll {
  private final MetricInputs inputs;
  private final Map<Integer, MetricMemory> before;
  private final Map<Integer, MetricMemory> memory = new HashMap<>();
  private final List<MetricProposal> proposals = new ArrayList<>();
  private final List<Failed> failures = new ArrayList<>();
  private int replicas;
  private String phrase = "";

  MetricPoll(MetricInputs inputs, Map<Integer, MetricMemory> before) {
    this.inputs = inputs;
    this.before = before;
  }

  void askMetrics() {
    for (int i = 0; i < inputs.metrics().size(); i++) {
      MetricSpec metric = inputs.metrics().get(i);
      switch (MetricRules.evaluate(metric, inputs.readings().get(i), inputs)) {
        case Proposed proposed -> {
          proposals.add(proposal(metric, proposed.current(), proposed.replicas(), null));
          consider(proposed.replicas(), MetricWords.phrase(metric));
          noteAnswer(i, proposed.replicas());
        }
        case Failed failed -> noteFailure(i, metric, failed);
      }
    }
  }

  void askSchedules() {
    for (Schedule schedule : inputs.scaler().settings().extras().schedules()) {
      boolean holds = schedule.holds(inputs.now());
      int wanted = holds ? schedule.replicas() : 0;
      proposals.add(
          new MetricProposal(
              "Schedule",
              schedule.name(),
              holds ? "active" : "inactive",
              Integer.toString(schedule.replicas()),
              wanted,
              null));
      consider(wanted, "schedule " + schedule.name());
    }
  }

  MetricSummary summary() {
    boolean none = failures.size() == proposals.size();
    boolean wouldShrink = replicas < inputs.target().specReplicas();
    if (!failures.isEmpty() && (none || wouldShrink)) {
      return new MetricSummary.Held(proposals, memory, failures.getFirst(), failures.size());
    }
    return new MetricSummary.Wanted(proposals, memory, Math.max(0, replicas), phrase);
  }

  private void consider(int proposal, String by) {
    if (replicas == 0 || proposal > replicas) {
      replicas = proposal;
      phrase = by;
    }
  }

  private void noteAnswer(int index, int asked) {
    if (fallbacks().needLastValue()) {
      memory.put(index, new MetricMemory(new Recommendation(inputs.now(), asked), null));
    }
  }

  private void noteFailure(int index, MetricSpec metric, Failed failed) {
    MetricMemory known = before.getOrDefault(index, new MetricMemory(null, null));
    Outage outage =
        known.outage() == null
            ? new Outage(inputs.now(), inputs.target().specReplicas())
            : known.outage();
    MetricMemory now = new MetricMemory(known.last(), outage);
    memory.put(index, now);
    String error = failed.reason().title() + ": " + failed.message();
    OptionalInt proposed =
        mayFallBack(metric) ? fallback(failed.cause(), now, outage) : OptionalInt.empty();
    if (proposed.isPresent()) {
      proposals.add(proposal(metric, null, proposed.getAsInt(), error + "; its fallback counts"));
      consider(proposed.getAsInt(), "the fallback of " + MetricWords.phrase(metric));
    } else {
      proposals.add(proposal(metric, null, null, error));
      failures.add(failed);
    }
  }

  private OptionalInt fallback(Cause cause, MetricMemory metric, Outage outage) {
    Fallback fallback = fallbacks().of(cause);
    return fallback == null || outage.since().plus(fallback.after()).isAfter(inputs.now())
        ? OptionalInt.empty()
        : fallback.proposal(inputs.target().specReplicas(), metric, inputs.now());
  }

  private Fallbacks fallbacks() {
    return inputs.scaler().settings().extras().fallbacks();
  }

  /** Resource metrics have none: the kubelet that is silent about usage runs the pods. */
  private static boolean mayFallBack(MetricSpec metric) {
    return switch (metric) {
      case MetricSpec.Resource _, MetricSpec.ContainerResource _ -> false;
      case MetricSpec.Pods _,
          MetricSpec.OfObject _,
          MetricSpec.External _,
          MetricSpec.Prometheus _,
          MetricSpec.Scraped _ ->
          true;
    };
  }

  private static MetricProposal proposal(
      MetricSpec metric,
      @Nullable String current,
      @Nullable Integer proposed,
      @Nullable String error) {
    return new MetricProposal(
        MetricWords.type(metric),
        metric.name(),
        current,
        MetricWords.target(metric),
        proposed,
        error);
  }
}
