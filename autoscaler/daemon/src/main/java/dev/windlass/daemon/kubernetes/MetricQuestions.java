package dev.windlass.daemon.kubernetes;

import dev.windlass.core.model.ClusterSnapshot.MetricKey;
import dev.windlass.core.model.MetricSpec;
import dev.windlass.core.model.ReplicaScaler;
import dev.windlass.core.model.ScaleTarget;
import dev.windlass.daemon.kubernetes.MetricAnswers.Shape;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What one round asks for all scalers.
 *
 * @param byMetric which question each metric asks; those that ask none are left out
 */
record MetricQuestions(Map<MetricKey, Asking> byMetric) {
  MetricQuestions {
    byMetric = Map.copyOf(byMetric);
  }

  /** A metric and its question. */
  record Asking(MetricSpec metric, MetricQuestion question) {}

  static MetricQuestions of(ClusterStores stores) {
    return of(stores.scalers(), scaler -> stores.target(scaler.target()));
  }

  static MetricQuestions of(
      List<ReplicaScaler> scalers, Function<ReplicaScaler, Optional<ScaleTarget>> targets) {
    Map<MetricKey, Asking> questions = new HashMap<>();
    for (ReplicaScaler scaler : scalers) {
      ScaleTarget target = targets.apply(scaler).orElse(null);
      for (int index = 0; index < scaler.metrics().size(); index++) {
        MetricSpec metric = scaler.metrics().get(index);
        MetricQuestion question = question(scaler.key().namespace(), metric, target);
        if (question != null) {
          questions.put(new MetricKey(scaler.key(), index), new Asking(metric, question));
        }
      }
    }
    return new MetricQuestions(questions);
  }

  /** Every question once. */
  Set<MetricQuestion> all() {
    Set<MetricQuestion> all = new HashSet<>();
    byMetric.values().forEach(each -> all.add(each.question()));
    return all;
  }

  /** The metrics that wait for the page of these pods. */
  Set<MetricSpec.Scraped> scraped(MetricQuestion.OfPods pods) {
    return byMetric.values().stream()
        .filter(each -> each.question().equals(pods))
        .map(Asking::metric)
        .filter(MetricSpec.Scraped.class::isInstance)
        .map(MetricSpec.Scraped.class::cast)
        .collect(Collectors.toSet());
  }

  private static @Nullable MetricQuestion question(
      String namespace, MetricSpec metric, @Nullable ScaleTarget target) {
    return switch (metric) {
      case MetricSpec.Prometheus prometheus ->
          new MetricQuestion.OfPrometheus(
              prometheus.query(), prometheus.query().secret() == null ? "" : namespace);
      case MetricSpec.Scraped scraped ->
          target == null || target.selector() == null
              ? null
              : new MetricQuestion.OfPods(
                  namespace, target.selector(), scraped.scrape().port(), scraped.scrape().path());
      case MetricSpec.Resource _ -> ofApi(namespace, metric, target, Shape.EVERY_CONTAINER);
      case MetricSpec.ContainerResource _ -> ofApi(namespace, metric, target, Shape.ANY_CONTAINER);
      case MetricSpec.Pods _ -> ofApi(namespace, metric, target, Shape.PODS);
      case MetricSpec.OfObject _, MetricSpec.External _ ->
          ofApi(namespace, metric, target, Shape.VALUES);
    };
  }

  private static @Nullable MetricQuestion ofApi(
      String namespace, MetricSpec metric, @Nullable ScaleTarget target, Shape shape) {
    MetricRequest request = MetricRequest.of(namespace, metric, target);
    return request == null ? null : new MetricQuestion.OfApi(request, shape);
  }
}
