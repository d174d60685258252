package dev.windlass.daemon.plan;

import dev.windlass.core.model.ClusterSnapshot.MetricKey;
import dev.windlass.core.model.MetricReading;
import dev.windlass.core.model.MetricReading.PodSample;
import dev.windlass.core.model.MetricSpec;
import dev.windlass.core.model.Pod;
import dev.windlass.core.model.ReplicaScaler;
import dev.windlass.core.model.ScaleTarget;
import dev.windlass.core.model.TargetRef;
import dev.windlass.daemon.input.Document;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the metrics of a dump say: PodMetrics, MetricValueList, ExternalMetricValueList, and what
 * {@code --metrics} supplies, which comes first.
 */
final class DumpMetrics {
  /** The error of a metric that neither the dump nor {@code --metrics} has. */
  static final String NOT_IN_DUMP = "NotInDump";

  private final List<MetricValues.OfPod> pods = new ArrayList<>();
  private final List<MetricValues.Custom> custom = new ArrayList<>();
  private final List<MetricValues.External> external = new ArrayList<>();
  private SuppliedMetrics supplied = new SuppliedMetrics();

  void supply(SuppliedMetrics values) {
    supplied = values;
  }

  /** Takes a document; says whether it holds metrics. */
  boolean accept(Document document) {
    switch (document.kind()) {
      case "PodMetrics" -> pods.add(MetricValues.ofPod(document));
      case "MetricValueList" -> custom.addAll(MetricValues.custom(document.tree()));
      case "ExternalMetricValueList" -> external.addAll(MetricValues.external(document.tree()));
      default -> {
        return false;
      }
    }
    return true;
  }

  /** A reading for each metric of each scaler. */
  Map<MetricKey, MetricReading> readings(
      List<ReplicaScaler> scalers, Map<TargetRef, ScaleTarget> targets, List<Pod> allPods) {
    Map<MetricKey, MetricReading> readings = new HashMap<>();
    for (ReplicaScaler scaler : scalers) {
      Set<String> names = podsOf(targets.get(scaler.target()), allPods);
      int index = 0;
      for (MetricSpec metric : scaler.metrics()) {
        readings.put(new MetricKey(scaler.key(), index++), reading(scaler, metric, names));
      }
    }
    return readings;
  }

  private static Set<String> podsOf(@Nullable ScaleTarget target, List<Pod> allPods) {
    Set<String> names = new HashSet<>();
    if (target == null || target.selector() == null) {
      return names;
    }
    for (Pod pod : allPods) {
      if (pod.key().namespace().equals(target.ref().key().namespace())
          && target.selector().matches(pod.metadata().labels())) {
        names.add(pod.key().name());
      }
    }
    return names;
  }

  private MetricReading reading(ReplicaScaler scaler, MetricSpec metric, Set<String> names) {
    Optional<SuppliedMetrics.Supplied> given = supplied.find(scaler.key(), metric.name());
    if (given.isPresent()) {
      return reading(given.get());
    }
    String namespace = scaler.key().namespace();
    return switch (metric) {
      case MetricSpec.Resource resource ->
          samples(metric, resourceSamples(namespace, resource.name(), names, true));
      case MetricSpec.ContainerResource resource ->
          samples(metric, resourceSamples(namespace, resource.name(), names, false));
      case MetricSpec.Pods of -> samples(metric, customSamples(namespace, of, names));
      case MetricSpec.OfObject of -> values(metric, objectValues(of));
      case MetricSpec.External of -> values(metric, externalValues(of));
      case MetricSpec.Prometheus _, MetricSpec.Scraped _ -> absent(metric);
    };
  }

  private static MetricReading reading(SuppliedMetrics.Supplied given) {
    if (given.value() != null) {
      return new MetricReading.Values(List.of(given.value()));
    }
    List<PodSample> samples = new ArrayList<>();
    given
        .byPod()
        .forEach((pod, milli) ->
            samples.add(new PodSample(pod, Map.of("", milli), Instant.MAX, Duration.ZERO)));
    return new MetricReading.PodSamples(samples);
  }

  private List<PodSample> resourceSamples(
      String namespace, String resource, Set<String> names, boolean ofEveryContainer) {
    List<PodSample> samples = new ArrayList<>();
    for (MetricValues.OfPod pod : pods) {
      if (pod.namespace().equals(namespace) && names.contains(pod.name())) {
        Map<String, Long> milli = pod.milliByContainer(resource);
        boolean partial = ofEveryContainer && milli.size() < pod.containers().size();
        samples.add(new PodSample(pod.name(), partial ? Map.of() : milli, pod.at(), pod.window()));
      }
    }
    return samples;
  }

  private List<PodSample> customSamples(
      String namespace, MetricSpec.Pods metric, Set<String> names) {
    List<PodSample> samples = new ArrayList<>();
    for (MetricValues.Custom each : custom) {
      if (each.object().kind().equals("Pod")
          && each.object().key().namespace().equals(namespace)
          && names.contains(each.object().key().name())
          && each.isOf(metric.name(), metric.selector())) {
        samples.add(
            new PodSample(
                each.object().key().name(),
                Map.of("", each.value().milli()),
                each.value().at(),
                each.value().window()));
      }
    }
    return samples;
  }

  private List<Long> objectValues(MetricSpec.OfObject metric) {
    return custom.stream()
        .filter(each -> each.object().kind().equals(metric.describedObject().kind()))
        .filter(each -> each.object().key().equals(metric.describedObject().key()))
        .filter(each -> each.isOf(metric.name(), metric.selector()))
        .map(each -> each.value().milli())
        .toList();
  }

  private List<Long> externalValues(MetricSpec.External metric) {
    return external.stream()
        .filter(each -> each.name().equals(metric.name()))
        .filter(each -> metric.selector() == null || metric.selector().matches(each.labels()))
        .map(each -> each.value().milli())
        .toList();
  }

  private static MetricReading samples(MetricSpec metric, List<PodSample> samples) {
    return samples.isEmpty() ? absent(metric) : new MetricReading.PodSamples(samples);
  }

  private static MetricReading values(MetricSpec metric, List<Long> milli) {
    return milli.isEmpty() ? absent(metric) : new MetricReading.Values(milli);
  }

  private static MetricReading absent(MetricSpec metric) {
    return new MetricReading.Failure(
        NOT_IN_DUMP + ": no value of " + metric.name() + "; supply it with --metrics");
  }
}
