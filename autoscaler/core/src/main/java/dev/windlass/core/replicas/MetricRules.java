package dev.windlass.core.replicas;

import dev.windlass.core.model.MetricReading;
import dev.windlass.core.model.MetricReading.PodSample;
import dev.windlass.core.model.MetricSpec;
import dev.windlass.core.model.MetricTarget;
import dev.windlass.core.model.Pod;
import dev.windlass.core.model.PodStatus;
import dev.windlass.core.model.Resources;
import dev.windlass.core.replicas.MetricResult.Failed;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Applies to each type of metric the rule that is its own. */
final class MetricRules {
  private MetricRules() {}

  static MetricResult evaluate(MetricSpec metric, MetricReading reading, MetricInputs inputs) {
    if (reading instanceof MetricReading.Failure failure) {
      return new Failed(failureReason(metric), failure.message());
    }
    return switch (metric) {
      case MetricSpec.Resource resource ->
          ofResource(resource, resource.name(), null, reading, inputs);
      case MetricSpec.ContainerResource resource ->
          ofResource(resource, resource.name(), resource.container(), reading, inputs);
      case MetricSpec.Pods pods -> ofPods(pods, reading, inputs);
      case MetricSpec.OfObject object -> ofValue(object, reading, inputs);
      case MetricSpec.External external -> ofValue(external, reading, inputs);
    };
  }

  /** The reason of the condition when a metric of this type has no answer. */
  static ReplicaReason failureReason(MetricSpec metric) {
    return switch (metric) {
      case MetricSpec.Resource _ -> ReplicaReason.FAILED_GET_RESOURCE_METRIC;
      case MetricSpec.ContainerResource _ -> ReplicaReason.FAILED_GET_CONTAINER_RESOURCE_METRIC;
      case MetricSpec.Pods _ -> ReplicaReason.FAILED_GET_PODS_METRIC;
      case MetricSpec.OfObject _ -> ReplicaReason.FAILED_GET_OBJECT_METRIC;
      case MetricSpec.External _ -> ReplicaReason.FAILED_GET_EXTERNAL_METRIC;
    };
  }

  private static MetricResult ofResource(
      MetricSpec metric,
      String resource,
      @Nullable String container,
      MetricReading reading,
      MetricInputs inputs) {
    PodSampling.Trust trust =
        resource.equals(Resources.CPU)
            ? new PodSampling.Trust.OnceStarted(inputs.policy(), inputs.now())
            : new PodSampling.Trust.Always();
    return switch (metric.target()) {
      case MetricTarget.Utilization target -> {
        List<Pod> counted =
            inputs.strict()
                ? inputs.pods()
                : inputs.pods().stream().filter(pod -> !PodSampling.isIgnored(pod)).toList();
        yield switch (PodRequests.of(counted, resource, container)) {
          case PodRequests.Missing missing -> failed(metric, missing.message());
          case PodRequests.Known known ->
              ofSamples(
                  metric,
                  container,
                  new PodTarget.ShareOfRequests(known.milli(), target.percent()),
                  trust,
                  reading,
                  inputs);
        };
      }
      case MetricTarget.AverageValue target ->
          ofSamples(
              metric, container, new PodTarget.Average(target.milli()), trust, reading, inputs);
      case MetricTarget.Value _ -> unfitTarget(metric);
    };
  }

  private static MetricResult ofPods(
      MetricSpec.Pods metric, MetricReading reading, MetricInputs inputs) {
    return switch (metric.target()) {
      case MetricTarget.AverageValue target ->
          ofSamples(
              metric,
              null,
              new PodTarget.Average(target.milli()),
              new PodSampling.Trust.Always(),
              reading,
              inputs);
      case MetricTarget.Utilization _, MetricTarget.Value _ -> unfitTarget(metric);
    };
  }

  private static MetricResult ofSamples(
      MetricSpec metric,
      @Nullable String container,
      PodTarget target,
      PodSampling.Trust trust,
      MetricReading reading,
      MetricInputs inputs) {
    if (!(reading instanceof MetricReading.PodSamples answer) || answer.samples().isEmpty()) {
      return failed(metric, "the source has no sample of any pod for " + metric.name());
    }
    if (inputs.pods().isEmpty()) {
      return failed(metric, "the target selects no pods");
    }
    Map<String, PodSample> samples = new HashMap<>();
    answer.samples().forEach(sample -> samples.put(sample.pod(), sample));
    Map<String, Long> values = values(samples, container, inputs);
    PodSampling sampling = PodSampling.of(inputs.pods(), values, samples, trust);
    if (sampling.milli().isEmpty()) {
      return failed(metric, "no pod that is ready has a sample of " + metric.name());
    }
    int current = inputs.target().specReplicas();
    return PodMetricRule.propose(current, sampling, target, inputs.tolerance())
        .<MetricResult>map(proposed -> proposed)
        .orElseGet(() -> failed(metric, "no sample belongs to a pod with a request"));
  }

  /** Samples of pods that the target does not select count only where hazards are kept. */
  private static Map<String, Long> values(
      Map<String, PodSample> samples, @Nullable String container, MetricInputs inputs) {
    Set<String> known = new HashSet<>();
    inputs.pods().forEach(pod -> known.add(pod.key().name()));
    Map<String, Long> values = new HashMap<>();
    samples.forEach((pod, sample) -> {
      Long value = container == null ? sum(sample) : sample.milliByContainer().get(container);
      if (value != null && (inputs.strict() || known.contains(pod))) {
        values.put(pod, value);
      }
    });
    return values;
  }

  private static @Nullable Long sum(PodSample sample) {
    return sample.milliByContainer().values().stream()
        .reduce(Quantities::saturatedSum)
        .orElse(null);
  }

  private static MetricResult ofValue(
      MetricSpec metric, MetricReading reading, MetricInputs inputs) {
    if (!(reading instanceof MetricReading.Values answer) || answer.milli().isEmpty()) {
      return failed(metric, "the source has no value for " + metric.name());
    }
    long value = answer.milli().stream().reduce(0L, Quantities::saturatedSum);
    ValueMetricRule.Size size =
        new ValueMetricRule.Size(inputs.target().specReplicas(), inputs.target().statusReplicas());
    return switch (metric.target()) {
      case MetricTarget.Value target -> {
        if (size.spec() != 0 && inputs.pods().isEmpty()) {
          yield failed(metric, "the target selects no pods");
        }
        yield ValueMetricRule.byValue(
            value, target.milli(), size, ready(inputs), inputs.strict(), inputs.tolerance());
      }
      case MetricTarget.AverageValue target ->
          ValueMetricRule.byAverage(
              value, target.milli(), size, inputs.strict(), inputs.tolerance());
      case MetricTarget.Utilization _ -> unfitTarget(metric);
    };
  }

  private static int ready(MetricInputs inputs) {
    return (int)
        inputs.pods().stream()
            .filter(pod -> pod.status().phase() == PodStatus.Phase.RUNNING)
            .filter(pod -> Boolean.TRUE.equals(pod.status().ready()))
            .count();
  }

  private static Failed failed(MetricSpec metric, String message) {
    return new Failed(failureReason(metric), message);
  }

  private static Failed unfitTarget(MetricSpec metric) {
    return new Failed(
        ReplicaReason.INVALID_METRIC_SOURCE_TYPE,
        "metric " + metric.name() + " cannot be held at " + MetricWords.target(metric));
  }
}
