package dev.windlass.daemon.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.Fallbacks;
import dev.windlass.core.model.Identity;
import dev.windlass.core.model.LabelSelector;
import dev.windlass.core.model.MetricSpec;
import dev.windlass.core.model.MetricTarget;
import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.model.PodScrape;
import dev.windlass.core.model.PrometheusQuery;
import dev.windlass.core.model.RememberedHistory;
import dev.windlass.core.model.ReplicaScaler;
import dev.windlass.core.model.ScaleTarget;
import dev.windlass.core.model.ScalingExtras;
import dev.windlass.core.model.TargetRef;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MetricQuestionsTest {
  private static final MetricTarget TARGET = new MetricTarget.AverageValue(1_000);
  private static final LabelSelector WEB = new LabelSelector(Map.of("app", "web"), List.of());

  @Test
  void asksAQueryOnceForAllScalersButApartForEachNamespacesSecret() {
    assertThat(
            questions(
                    scaler("shop", "a", prometheus("x", null)),
                    scaler("shop", "b", prometheus("y", null)),
                    scaler("bank", "c", prometheus("x", null)))
                .all())
        .hasSize(1);
    assertThat(
            questions(
                    scaler("shop", "a", prometheus("x", "reader")),
                    scaler("shop", "b", prometheus("y", "reader")),
                    scaler("bank", "c", prometheus("x", "reader")))
                .all())
        .hasSize(2);
  }

  @Test
  void readsThePageOfTheSamePodsOnceForAllItsMetrics() {
    MetricSpec.Scraped depth = scraped("depth", 80);
    MetricSpec.Scraped hits = scraped("hits", 80);
    MetricSpec.Scraped other = scraped("depth", 81);
    MetricQuestions questions = questions(scaler("shop", "a", depth, hits, other));

    assertThat(questions.all()).hasSize(2);
    assertThat(questions.metrics(new MetricQuestion.OfPods("shop", WEB, 80, "/metrics")))
        .containsExactlyInAnyOrder(depth, hits);
  }

  @Test
  void asksNoPodsOfATargetThatIsNotThere() {
    MetricQuestions questions =
        MetricQuestions.of(
            List.of(scaler("shop", "a", scraped("depth", 80), prometheus("x", null))),
            _ -> Optional.empty());

    assertThat(questions.all()).singleElement().isInstanceOf(MetricQuestion.OfPrometheus.class);
  }

  @Test
  void asksForTheUsageOfPodsOnceWhateverIsReadInIt() {
    assertThat(
            questions(
                    scaler(
                        "shop",
                        "a",
                        new MetricSpec.Resource("cpu", TARGET),
                        new MetricSpec.Resource("memory", TARGET),
                        new MetricSpec.ContainerResource("cpu", "main", TARGET)))
                .all())
        .hasSize(1);
  }

  @Test
  void asksInTheShortestTickOfThoseThatAsk() {
    MetricQuestions questions =
        questions(
            scaler("shop", "a", prometheus("x", null)),
            ticking(scaler("shop", "b", prometheus("y", null)), 2),
            ticking(scaler("shop", "c", prometheus("z", null)), 60));

    assertThat(questions.periods(Duration.ofSeconds(15)).values())
        .containsExactly(Duration.ofSeconds(2));
    assertThat(
            questions(ticking(scaler("shop", "c", prometheus("z", null)), 60))
                .periods(Duration.ofSeconds(15))
                .values())
        .as("never later than the usual pace")
        .containsExactly(Duration.ofSeconds(15));
  }

  private static ReplicaScaler ticking(ReplicaScaler scaler, long seconds) {
    ScalingExtras extras =
        new ScalingExtras(
            List.of(),
            Fallbacks.NONE,
            null,
            new ScalingExtras.Pace(Duration.ofSeconds(seconds), null),
            ScalingExtras.Pause.UNTIL_FURTHER_NOTICE);
    return new ReplicaScaler(
        scaler.key(),
        scaler.identity(),
        scaler.target(),
        scaler.bounds(),
        scaler.metrics(),
        new ReplicaScaler.Settings(null, false, false, RememberedHistory.NONE, extras));
  }

  private static MetricQuestions questions(ReplicaScaler... scalers) {
    return MetricQuestions.of(
        List.of(scalers),
        scaler -> Optional.of(new ScaleTarget(scaler.target(), Identity.NONE, 1, 1, WEB, null)));
  }

  private static ReplicaScaler scaler(String namespace, String name, MetricSpec... metrics) {
    ObjectKey key = new ObjectKey(namespace, name);
    return new ReplicaScaler(
        key,
        Identity.NONE,
        new TargetRef("apps/v1", "Deployment", key),
        new ReplicaScaler.Bounds(1, 10),
        List.of(metrics),
        ReplicaScaler.Settings.USUAL);
  }

  private static MetricSpec prometheus(String name, @Nullable String secret) {
    return new MetricSpec.Prometheus(
        name, new PrometheusQuery("http://p", "q", secret, Duration.ofSeconds(5)), TARGET);
  }

  private static MetricSpec.Scraped scraped(String name, int port) {
    return new MetricSpec.Scraped(
        name,
        LabelSelector.EVERYTHING,
        new PodScrape(port, "/metrics", PodScrape.Reading.GAUGE, PodScrape.Aggregation.SUM),
        TARGET);
  }
}
