package dev.windlass.core.replicas;

import dev.windlass.core.model.MetricReading;
import dev.windlass.core.model.MetricReading.Cause;
import dev.windlass.core.model.MetricReading.PodSample;
import dev.windlass.core.model.MetricSpec;
import dev.windlass.core.model.MetricTarget;
import dev.windlass.core.model.PodStatus;
import dev.windlass.core.model.Resources;
import dev.windlass.core.replicas.MetricResult.Failed;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Applies to each type of metric the rule that is its own. */
final class MetricRules {
  private MetricRules() {}

  static MetricResult evaluate(MetricSpec metric, MetricReading reading, MetricInputs inputs) {
    if (reading instanceof MetricReading.Failure failure) {
      return new Failed(failureReason(metric), failure.message(), failure.cause());
    }
    return switch (metric) {
      case MetricSpec.Resource resource ->
          ofResource(resource, resource.name(), null, reading, inputs);
      case MetricSpec.ContainerResource resource ->
          ofResource(resource, resource.name(), resource.container(), reading, inputs);
      case MetricSpec.Pods pods -> ofPods(pods, reading, inputs);
      case MetricSpec.Scraped scraped -> ofPods(scraped, reading, inputs);
      case MetricSpec.OfObject object -> ofValue(object, reading, inputs);
      case MetricSpec.External external -> ofValue(external, reading, inputs);
      case MetricSpec.Prometheus prometheus -> ofValue(prometheus, reading, inputs);
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
      case MetricSpec.Prometheus _ -> ReplicaReason.FAILED_GET_PROMETHEUS_METRIC;
      case MetricSpec.Scraped _ -> ReplicaReason.FAILED_GET_POD_SCRAPE_METRIC;
    };
  }

  private static MetricResult ofResource(
      MetricSpec metric,
      String resource,
      @Nullable String container,
      MetricReading reading,
      MetricInputs inputs) {
    SampleTrust trust =
        resource.equals(Resources.CPU)
            ? new SampleTrust.OnceStarted(inputs.policy(), inputs.now())
            : new SampleTrust.Always();
    return switch (metric.target()) {
      case MetricTarget.Utilization target ->
          ofSamples(
              metric,
              new PodTarget.ShareOfRequests(resource, container, target.percent()),
              new SampleSource(trust, container, reading),
              inputs);
      case MetricTarget.AverageValue target ->
          ofSamples(
              metric,
              new PodTarget.Average(target.milli()),
              new SampleSource(trust, container, reading),
              inputs);
      case MetricTarget.Value _ -> unfitTarget(metric);
    };
  }

  private static MetricResult ofPods(
      MetricSpec metric, MetricReading reading, MetricInputs inputs) {
    return switch (metric.target()) {
      case MetricTarget.AverageValue target ->
          ofSamples(
              metric,
              new PodTarget.Average(target.milli()),
              new SampleSource(new SampleTrust.Always(), null, reading),
              inputs);
      case MetricTarget.Utilization _, MetricTarget.Value _ -> unfitTarget(metric);
    };
  }

  /** Where samples come from, and which of them count. */
  private record SampleSource(
      SampleTrust trust, @Nullable String container, MetricReading reading) {}

  private static MetricResult ofSamples(
      MetricSpec metric, PodTarget target, SampleSource source, MetricInputs inputs) {
    if (!(source.reading() instanceof MetricReading.PodSamples answer)
        || answer.samples().isEmpty()) {
      return failed(
          metric, "the source has no sample of any pod for " + metric.name(), Cause.EMPTY);
    }
    if (inputs.pods().isEmpty()) {
      return failed(metric, "the target selects no pods", Cause.EMPTY);
    }
    List<PodSample> samples = inputs.strict() ? answer.samples() : possible(answer.samples());
    if (samples.isEmpty()) {
      return failed(metric, "every value of " + metric.name() + " is negative", Cause.VALUE);
    }
    PodTally tally = new PodTally(target, source.trust(), source.container());
    tally.add(inputs.pods(), samples, inputs.strict());
    if (!tally.problem().isEmpty()) {
      return failed(metric, tally.problem(), Cause.ERROR);
    }
    if (tally.counted().count() == 0) {
      return failed(metric, "no pod that is ready has a sample of " + metric.name(), Cause.EMPTY);
    }
    return PodMetricRule.propose(inputs.target().specReplicas(), tally, target, inputs.tolerance())
        .<MetricResult>map(proposed -> proposed)
        .orElseGet(() -> failed(metric, "no sample belongs to a pod with a request", Cause.EMPTY));
  }

  /** A pod with a negative value counts as one without a sample. */
  private static List<PodSample> possible(List<PodSample> samples) {
    return samples.stream()
        .filter(sample -> sample.milliByContainer().values().stream().allMatch(milli -> milli >= 0))
        .toList();
  }

  private static MetricResult ofValue(
      MetricSpec metric, MetricReading reading, MetricInputs inputs) {
    if (!(reading instanceof MetricReading.Values answer) || answer.milli().isEmpty()) {
      return failed(metric, "the source has no value for " + metric.name(), Cause.EMPTY);
    }
    if (!inputs.strict() && answer.milli().stream().anyMatch(milli -> milli < 0)) {
      return failed(metric, "a value of " + metric.name() + " is negative", Cause.VALUE);
    }
    long value = answer.milli().stream().reduce(0L, Quantities::saturatedSum);
    ValueMetricRule.Size size =
        new ValueMetricRule.Size(inputs.target().specReplicas(), inputs.target().statusReplicas());
    return switch (metric.target()) {
      case MetricTarget.Value target -> {
        if (size.spec() != 0 && inputs.pods().isEmpty()) {
          yield failed(metric, "the target selects no pods", Cause.EMPTY);
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

  private static Failed failed(MetricSpec metric, String message, Cause cause) {
    return new Failed(failureReason(metric), message, cause);
  }

  private static Failed unfitTarget(MetricSpec metric) {
    return new Failed(
        ReplicaReason.INVALID_METRIC_SOURCE_TYPE,
        "metric " + metric.name() + " cannot be held at " + MetricWords.target(metric),
        Cause.ERROR);
  }
}
