package dev.windlass.core.replicas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.Container;
import dev.windlass.core.model.LabelSelector;
import dev.windlass.core.model.MetricReading;
import dev.windlass.core.model.MetricReading.PodSample;
import dev.windlass.core.model.MetricSpec;
import dev.windlass.core.model.MetricTarget;
import dev.windlass.core.model.Pod;
import dev.windlass.core.model.PodPlacementRules;
import dev.windlass.core.model.PodSpec;
import dev.windlass.core.model.Resources;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PodRequestTest {
  private static final Container APP = container("app", 400, false);
  private static final Container SIDECAR = container("proxy", 100, true);
  private static final Container SETUP = container("setup", 9000, false);
  private static final Container GREEDY = Container.of("greedy", Resources.NONE);

  @Test
  void addsUpContainersAndSidecarsButNotSetup() {
    Pod pod = pod(List.of(APP, container("log", 50, false)), List.of(SETUP, SIDECAR), null);
    assertThat(PodRequest.of(pod.spec(), "cpu", null)).isEqualTo(new PodRequest.Known(550));
  }

  @Test
  void countsBytesInThousandths() {
    Pod pod =
        pod(List.of(Container.of("app", Resources.of(Map.of("memory", 7L)))), List.of(), null);
    assertThat(PodRequest.of(pod.spec(), "memory", null)).isEqualTo(new PodRequest.Known(7000));
  }

  @Test
  void namesTheContainerWithoutARequest() {
    Pod pod = pod(List.of(APP, GREEDY), List.of(), null);
    assertThat(PodRequest.of(pod.spec(), "cpu", null))
        .isEqualTo(new PodRequest.Missing("has no request for cpu in container greedy"));
  }

  @Test
  void setupContainersNeedNoRequest() {
    Pod pod = pod(List.of(APP), List.of(GREEDY), null);
    assertThat(PodRequest.of(pod.spec(), "cpu", null)).isEqualTo(new PodRequest.Known(400));
  }

  @Test
  void thePodsOwnRequestComesFirst() {
    Resources own = Resources.of(Map.of("cpu", 2000L));
    Pod pod = pod(List.of(APP, GREEDY), List.of(), own);
    assertThat(PodRequest.of(pod.spec(), "cpu", null)).isEqualTo(new PodRequest.Known(2000));
    assertThat(PodRequest.of(pod.spec(), "cpu", "app")).isEqualTo(new PodRequest.Known(400));
    assertThat(PodRequest.of(pod.spec(), "memory", null)).isInstanceOf(PodRequest.Missing.class);
  }

  @Test
  void oneContainerAloneCounts() {
    Pod pod = pod(List.of(APP, GREEDY), List.of(SIDECAR), null);
    assertThat(PodRequest.of(pod.spec(), "cpu", "app")).isEqualTo(new PodRequest.Known(400));
    assertThat(PodRequest.of(pod.spec(), "cpu", "proxy")).isEqualTo(new PodRequest.Known(100));
    assertThat(PodRequest.of(pod.spec(), "cpu", "other"))
        .isEqualTo(new PodRequest.Missing("has no container other"));
  }

  @Test
  void followsOneContainersUtilization() {
    Pod pod = pod(List.of(APP, container("log", 50, false)), List.of(), null);
    ReplicaDecision decision =
        Scenario.of(1)
            .pods(List.of(pod))
            .metric(
                new MetricSpec.ContainerResource("cpu", "app", new MetricTarget.Utilization(50)),
                sample(Map.of("app", 400L, "log", 5L)))
            .decide();
    assertThat(decision.metrics().getFirst())
        .isEqualTo(
            new ReplicaDecision.MetricProposal("ContainerResource", "cpu", "100%", "50%", 2, null));
  }

  @Test
  void aPodWithoutTheContainersSampleIsMissing() {
    Pod pod = pod(List.of(APP), List.of(), null);
    ReplicaDecision decision =
        Scenario.of(1)
            .pods(List.of(pod))
            .metric(
                new MetricSpec.ContainerResource("cpu", "app", new MetricTarget.AverageValue(50)),
                sample(Map.of("log", 5L)))
            .decide();
    assertThat(decision.metrics().getFirst().error())
        .startsWith("FailedGetContainerResourceMetric: ");
  }

  @Test
  void aSampleThatLacksTheResourceIsMissing() {
    ReplicaDecision decision =
        Scenario.of(1)
            .pods(List.of(pod(List.of(APP), List.of(), null)))
            .metric(Metrics.cpu(50), sample(Map.of()))
            .decide();
    assertThat(decision.metrics().getFirst().error()).startsWith("FailedGetResourceMetric: ");
  }

  @Test
  void addsUpAPodsContainers() {
    Pod pod = pod(List.of(APP, container("log", 100, false)), List.of(), null);
    ReplicaDecision decision =
        Scenario.of(1)
            .pods(List.of(pod))
            .metric(Metrics.cpu(50), sample(Map.of("app", 400L, "log", 100L)))
            .decide();
    assertThat(decision.metrics().getFirst().current()).isEqualTo("100%");
  }

  @Test
  void refusesTargetsThatDoNotSuitTheMetric() {
    MetricReading reading = sample(Map.of("app", 1L));
    MetricTarget value = new MetricTarget.Value(5);
    MetricTarget share = new MetricTarget.Utilization(50);
    List<MetricSpec> unfit =
        List.of(
            new MetricSpec.Resource("cpu", value),
            new MetricSpec.ContainerResource("cpu", "app", value),
            new MetricSpec.Pods("requests", LabelSelector.EVERYTHING, share));
    for (MetricSpec metric : unfit) {
      assertThat(Scenario.of(1).metric(metric, reading).decide().verdict().limitedBy())
          .isEqualTo("InvalidMetricSourceType");
    }
    for (MetricSpec metric : List.of(Metrics.external(share), Metrics.object(share))) {
      assertThat(Scenario.of(1).metric(metric, Metrics.values(5L)).decide().verdict().limitedBy())
          .isEqualTo("InvalidMetricSourceType");
    }
  }

  @Test
  void requestsOfPodsThatEndAreReadOnlyWhenStrict() {
    PodTokens tokens = PodTokens.parse("1000 1000 ending:-/none");
    MetricReading reading = new MetricReading.PodSamples(tokens.samples());
    Scenario usual = Scenario.of(2).pods(tokens.pods()).metric(Metrics.cpu(50), reading);
    assertThat(usual.decide().size().desired()).isEqualTo(4);
    assertThat(usual.strict(true).decide().verdict().limitedBy())
        .isEqualTo("FailedGetResourceMetric");
  }

  @Test
  void samplesOfStrangersCountOnlyWhenStrict() {
    PodTokens tokens = PodTokens.parse("1000 1000 stranger:4000");
    MetricReading reading = new MetricReading.PodSamples(tokens.samples());
    Scenario usual = Scenario.of(2).pods(tokens.pods()).metric(Metrics.podsAverage(1000), reading);
    assertThat(usual.decide().metrics().getFirst().proposal()).isEqualTo(2);
    assertThat(usual.strict(true).decide().metrics().getFirst().proposal()).isEqualTo(4);
  }

  private static MetricReading sample(Map<String, Long> milli) {
    return new MetricReading.PodSamples(
        List.of(new PodSample("p0", milli, PodTokens.NOW, Duration.ofSeconds(30))));
  }

  private static Pod pod(
      List<Container> containers, List<Container> init, @Nullable Resources own) {
    PodSpec spec =
        new PodSpec(containers, init, Resources.NONE, own, PodPlacementRules.ANYWHERE, 0, 0);
    return PodTokens.pod("p0", PodTokens.status("ready"), spec, null);
  }

  private static Container container(String name, long cpu, boolean restartable) {
    return new Container(name, Resources.of(Map.of("cpu", cpu)), List.of(), restartable);
  }
}
