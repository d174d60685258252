package dev.windlass.daemon.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.Identity;
import dev.windlass.core.model.LabelSelector;
import dev.windlass.core.model.MetricSpec;
import dev.windlass.core.model.MetricTarget;
import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.model.Requirement;
import dev.windlass.core.model.ScaleTarget;
import dev.windlass.core.model.TargetRef;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MetricRequestTest {
  private static final MetricTarget TARGET = new MetricTarget.AverageValue(1_000);
  private static final LabelSelector WEB =
      new LabelSelector(
          Map.of("app", "web", "a", "b"),
          List.of(
              new Requirement("tier", Requirement.Operator.IN, Set.of("y", "x")),
              new Requirement("canary", Requirement.Operator.DOES_NOT_EXIST, Set.of())));

  @Test
  void asksForTheUsageOfTheTargetsPods() {
    assertThat(path(new MetricSpec.Resource("cpu", TARGET), target(WEB)))
        .isEqualTo("namespaces/shop/pods?labelSelector=a=b,app=web,tier in (x,y),!canary");
  }

  @Test
  void asksTheSameForTwoResourcesOfTheSamePods() {
    assertThat(path(new MetricSpec.Resource("cpu", TARGET), target(WEB)))
        .isEqualTo(path(new MetricSpec.ContainerResource("memory", "main", TARGET), target(WEB)));
  }

  @Test
  void asksForACustomMetricOfEachPod() {
    LabelSelector verb = new LabelSelector(Map.of("verb", "GET"), List.of());
    LabelSelector app = new LabelSelector(Map.of("app", "web"), List.of());
    assertThat(path(new MetricSpec.Pods("queue_depth", verb, TARGET), target(app)))
        .isEqualTo(
            "namespaces/shop/pods/*/queue_depth?labelSelector=app=web&metricLabelSelector=verb=GET");
  }

  @Test
  void asksForACustomMetricOfAnObjectWithItsGroup() {
    assertThat(path(object("apps/v1", "Deployment"), null))
        .isEqualTo("namespaces/shop/deployments.apps/front/hits");
    assertThat(path(object("v1", "Service"), null))
        .isEqualTo("namespaces/shop/services/front/hits");
    assertThat(path(object("networking.k8s.io/v1", "Ingress"), null))
        .isEqualTo("namespaces/shop/ingresses.networking.k8s.io/front/hits");
    assertThat(path(object("v1", "Namespace"), null)).isEqualTo("namespaces/shop/metrics/hits");
  }

  @Test
  void asksForAnExternalMetric() {
    LabelSelector queue = new LabelSelector(Map.of("queue", "jobs"), List.of());
    assertThat(path(new MetricSpec.External("length", queue, TARGET), null))
        .isEqualTo("namespaces/shop/length?labelSelector=queue=jobs");
    assertThat(path(new MetricSpec.External("length", null, TARGET), null))
        .isEqualTo("namespaces/shop/length");
  }

  @Test
  void asksNothingForPodsOfATargetThatIsNotThereOrSelectsNone() {
    MetricSpec cpu = new MetricSpec.Resource("cpu", TARGET);
    assertThat(MetricRequest.of("shop", cpu, null)).isNull();
    assertThat(MetricRequest.of("shop", cpu, target(null))).isNull();
  }

  private static MetricSpec object(String apiVersion, String kind) {
    return new MetricSpec.OfObject(
        "hits",
        LabelSelector.EVERYTHING,
        new TargetRef(apiVersion, kind, new ObjectKey("shop", "front")),
        TARGET);
  }

  private static String path(MetricSpec metric, @Nullable ScaleTarget target) {
    MetricRequest request = MetricRequest.of("shop", metric, target);
    return URLDecoder.decode(Objects.requireNonNull(request).path(), StandardCharsets.UTF_8);
  }

  private static ScaleTarget target(@Nullable LabelSelector selector) {
    return new ScaleTarget(
        new TargetRef("apps/v1", "Deployment", new ObjectKey("shop", "web")),
        Identity.NONE,
        1,
        1,
        selector,
        null);
  }
}
