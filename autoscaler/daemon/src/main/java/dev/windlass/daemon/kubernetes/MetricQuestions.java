package dev.windlass.daemon.kubernetes;

import dev.windlass.core.model.ClusterSnapshot.MetricKey;
import dev.windlass.core.model.MetricSpec;
import dev.windlass.core.model.ReplicaScaler;
import dev.windlass.core.model.ScaleTarget;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What one round asks for all scalers.
 *
 * @param byMetric which question each metric asks; those that ask none are left out
 * @param metrics what is to be read in the answer to each question
 */
record MetricQuestions(
    Map<MetricKey, Asking> byMetric, Map<MetricQuestion, Set<MetricSpec>> metrics) {
  static final MetricQuestions NONE = new MetricQuestions(Map.of(), Map.of());

  MetricQuestions {
    byMetric = Map.copyOf(byMetric);
    metrics = Map.copyOf(metrics);
  }

  /**
   * A metric and its question.
   *
   * @param tick how often its scaler asks, or null for the usual pace
   */
  record Asking(MetricSpec metric, MetricQuestion question, @Nullable Duration tick) {}

  static MetricQuestions of(ClusterStores stores) {
    return of(stores.scalers(), scaler -> stores.target(scaler.target()));
  }

  static MetricQuestions of(
      List<ReplicaScaler> scalers, Function<ReplicaScaler, Optional<ScaleTarget>> targets) {
    Map<MetricKey, Asking> questions = new HashMap<>();
    Map<MetricQuestion, Set<MetricSpec>> metrics = new HashMap<>();
    for (ReplicaScaler scaler : scalers) {
      ScaleTarget target = targets.apply(scaler).orElse(null);
      for (int index = 0; index < scaler.metrics().size(); index++) {
        MetricSpec metric = scaler.metrics().get(index);
        MetricQuestion question = question(scaler.key().namespace(), metric, target);
        if (question != null) {
          questions.put(
              new MetricKey(scaler.key(), index),
              new Asking(metric, question, scaler.settings().extras().pace().tick()));
          metrics.computeIfAbsent(question, _ -> new HashSet<>()).add(metric);
        }
      }
    }
    return new MetricQuestions(questions, metrics);
  }

  /** Every question once. */
  Set<MetricQuestion> all() {
    return metrics.keySet();
  }

  /** How often each question is asked: in the shortest tick of those that ask it. */
  Map<MetricQuestion, Duration> periods(Duration usual) {
    Map<MetricQuestion, Duration> periods = new HashMap<>();
    for (Asking each : byMetric.values()) {
      Duration tick = each.tick() == null ? usual : shorter(each.tick(), usual);
      periods.merge(each.question(), tick, MetricQuestions::shorter);
    }
    return periods;
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  /** The metrics that wait for the answer to this question. */
  Set<MetricSpec> metrics(MetricQuestion question) {
    return metrics.getOrDefault(question, Set.of());
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
      case MetricSpec.Resource _,
          MetricSpec.ContainerResource _,
          MetricSpec.Pods _,
          MetricSpec.OfObject _,
          MetricSpec.External _ ->
          ofApi(namespace, metric, target);
    };
  }

  private static @Nullable MetricQuestion ofApi(
      String namespace, MetricSpec metric, @Nullable ScaleTarget target) {
    MetricRequest request = MetricRequest.of(namespace, metric, target);
    return request == null ? null : new MetricQuestion.OfApi(request.api(), request.path());
  }
}
