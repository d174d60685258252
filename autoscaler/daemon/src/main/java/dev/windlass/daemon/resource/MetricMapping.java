package dev.windlass.daemon.resource;

import dev.windlass.core.model.LabelSelector;
import dev.windlass.core.model.MetricSpec;
import dev.windlass.core.model.MetricTarget;
import dev.windlass.core.model.Resources;
import dev.windlass.daemon.resource.ReplicaMetric.ContainerResourceSource;
import dev.windlass.daemon.resource.ReplicaMetric.ExternalSource;
import dev.windlass.daemon.resource.ReplicaMetric.Identifier;
import dev.windlass.daemon.resource.ReplicaMetric.ObjectSource;
import dev.windlass.daemon.resource.ReplicaMetric.PodsSource;
import dev.windlass.daemon.resource.ReplicaMetric.ResourceSource;
import dev.windlass.daemon.resource.ReplicaMetric.Target;
import dev.windlass.daemon.resource.ReplicaMetric.TargetType;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What {@code spec.metrics} means. */
final class MetricMapping {
  private static final MetricSpec USUAL =
      new MetricSpec.Resource(Resources.CPU, new MetricTarget.Utilization(80));
  private static final MetricTarget NO_TARGET = new MetricTarget.AverageValue(1);
  private static final MetricSpec NO_METRIC = new MetricSpec.Resource("", NO_TARGET);

  private MetricMapping() {}

  /** The metrics in their order, schedules left out; cpu at 80 % of requests when there is none. */
  static List<MetricSpec> parse(List<ReplicaMetric> metrics, String namespace, Findings findings) {
    if (metrics.isEmpty()) {
      return List.of(USUAL);
    }
    List<MetricSpec> result = new ArrayList<>();
    for (int i = 0; i < metrics.size(); i++) {
      ReplicaMetric metric = metrics.get(i);
      String field = "spec.metrics[" + i + "]";
      checkSources(metric, field, findings);
      if (metric.type() != ReplicaMetric.Type.Schedule) {
        result.add(metric(metric, namespace, field, findings));
      }
    }
    return result;
  }

  private static void checkSources(ReplicaMetric metric, String field, Findings findings) {
    long sources =
        Stream.of(
                metric.resource(),
                metric.containerResource(),
                metric.pods(),
                metric.object(),
                metric.external(),
                metric.prometheus(),
                metric.podScrape(),
                metric.schedule())
            .filter(Objects::nonNull)
            .count();
    findings.require(
        sources <= 1, field, sources + " sources", "one source, that of type " + metric.type());
  }

  private static MetricSpec metric(
      ReplicaMetric metric, String namespace, String field, Findings findings) {
    return switch (metric.type()) {
      case Resource -> resource(metric.resource(), field + ".resource", findings);
      case ContainerResource ->
          container(metric.containerResource(), field + ".containerResource", findings);
      case Pods -> pods(metric.pods(), field + ".pods", findings);
      case Object -> object(metric.object(), namespace, field + ".object", findings);
      case External -> external(metric.external(), field + ".external", findings);
      case Prometheus ->
          metric.prometheus() == null
              ? absent(field + ".prometheus", findings)
              : SourceMapping.prometheus(metric.prometheus(), field + ".prometheus", findings);
      case PodScrape ->
          metric.podScrape() == null
              ? absent(field + ".podScrape", findings)
              : SourceMapping.podScrape(metric.podScrape(), field + ".podScrape", findings);
      case Schedule -> throw new IllegalArgumentException("a schedule is no metric of the core");
    };
  }

  private static MetricSpec resource(
      @Nullable ResourceSource source, String field, Findings findings) {
    if (source == null) {
      return absent(field, findings);
    }
    return new MetricSpec.Resource(
        source.name(), resourceTarget(source.target(), field + ".target", findings));
  }

  private static MetricSpec container(
      @Nullable ContainerResourceSource source, String field, Findings findings) {
    if (source == null) {
      return absent(field, findings);
    }
    return new MetricSpec.ContainerResource(
        source.name(),
        source.container(),
        resourceTarget(source.target(), field + ".target", findings));
  }

  private static MetricSpec pods(@Nullable PodsSource source, String field, Findings findings) {
    if (source == null) {
      return absent(field, findings);
    }
    return new MetricSpec.Pods(
        source.metric().name(),
        selector(source.metric(), field, findings),
        averageValue(source.target().averageValue(), field + ".target", findings));
  }

  private static MetricSpec object(
      @Nullable ObjectSource source, String namespace, String field, Findings findings) {
    if (source == null) {
      return absent(field, findings);
    }
    Target target = source.target();
    MetricTarget meaning =
        target.type() == TargetType.AverageValue
            ? averageValue(target.averageValue(), field + ".target", findings)
            : value(target.value(), field + ".target", findings);
    return new MetricSpec.OfObject(
        source.metric().name(),
        selector(source.metric(), field, findings),
        ReplicaScalerMapping.reference(
            source.describedObject(), namespace, field + ".describedObject", findings),
        meaning);
  }

  private static MetricSpec external(
      @Nullable ExternalSource source, String field, Findings findings) {
    if (source == null) {
      return absent(field, findings);
    }
    return new MetricSpec.External(
        source.metric().name(),
        KubernetesSyntax.selector(source.metric().selector(), field + ".metric.selector", findings),
        averageOrValue(source.target(), field + ".target", findings));
  }

  /** An average where one is given, the value itself otherwise. */
  static MetricTarget averageOrValue(Target target, String field, Findings findings) {
    return target.averageValue() != null
        ? averageValue(target.averageValue(), field, findings)
        : value(target.value(), field, findings);
  }

  private static MetricSpec absent(String field, Findings findings) {
    findings.missing(field, "what the metric's type names");
    return NO_METRIC;
  }

  static LabelSelector selector(Identifier metric, String field, Findings findings) {
    @Nullable LabelSelector selector =
        KubernetesSyntax.selector(metric.selector(), field + ".metric.selector", findings);
    return selector == null ? LabelSelector.EVERYTHING : selector;
  }

  /** An average value wins over a utilization, as in the HorizontalPodAutoscaler. */
  private static MetricTarget resourceTarget(Target target, String field, Findings findings) {
    if (target.averageValue() != null) {
      return averageValue(target.averageValue(), field, findings);
    }
    @Nullable Integer percent = target.averageUtilization();
    if (percent == null || percent < 1) {
      findings.add(field, percent, "averageUtilization of 1 or more, or averageValue");
      return NO_TARGET;
    }
    return new MetricTarget.Utilization(percent);
  }

  static MetricTarget averageValue(@Nullable Quantity quantity, String field, Findings findings) {
    return new MetricTarget.AverageValue(
        positiveMilli(quantity, field + ".averageValue", findings));
  }

  private static MetricTarget value(@Nullable Quantity quantity, String field, Findings findings) {
    return new MetricTarget.Value(positiveMilli(quantity, field + ".value", findings));
  }

  private static long positiveMilli(@Nullable Quantity quantity, String field, Findings findings) {
    if (quantity == null) {
      findings.missing(field, "a quantity above 0");
      return 1;
    }
    OptionalLong milli = Texts.milli(quantity);
    if (milli.isEmpty() || milli.getAsLong() <= 0) {
      findings.add(field, quantity, "a quantity above 0");
      return 1;
    }
    return milli.getAsLong();
  }
}
