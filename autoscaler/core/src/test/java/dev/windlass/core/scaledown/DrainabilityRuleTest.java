package dev.windlass.core.scaledown;

import static dev.windlass.core.testing.Pods.NOON;
import static dev.windlass.core.testing.Pods.pod;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.DisruptionBudget;
import dev.windlass.core.model.Keys;
import dev.windlass.core.model.LabelSelector;
import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.model.PodPlacementRules;
import dev.windlass.core.model.PodStatus;
import dev.windlass.core.model.Toleration;
import dev.windlass.core.testing.Pods;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DrainabilityRuleTest {
  private static final DrainContext CONTEXT =
      new DrainContext(
          List.of(
              new DisruptionBudget(
                  new ObjectKey("default", "full"),
                  new LabelSelector(Map.of("app", "full"), List.of()),
                  0),
              new DisruptionBudget(
                  new ObjectKey("kube-system", "dns"),
                  new LabelSelector(Map.of("app", "dns"), List.of()),
                  1)),
          -10,
          NOON);

  private static final PodPlacementRules TOLERATES_ALL =
      new PodPlacementRules(
          Map.of(), null, List.of(Toleration.exists("")), List.of(), List.of(), List.of());

  private static Arguments row(String what, Pods pod, String verdict) {
    return Arguments.of(what, pod, verdict);
  }

  static Stream<Arguments> table() {
    String safe = Keys.SAFE_TO_EVICT;
    String daemon = Keys.EVICT_DAEMON;
    return Stream.of(
        row("an ordinary replica", pod("p").on("n"), "Evict"),
        row("a static pod", pod("p").owner("Node").annotation(Keys.MIRROR_POD, "x"), "Skip"),
        row("overdue deletion", pod("p").owner(null).deleted(NOON.minusSeconds(31)), "Skip"),
        row("due deletion", pod("p").deleted(NOON.minusSeconds(30)), "Evict"),
        row("a daemon", pod("p").owner("DaemonSet"), "Skip"),
        row("a daemon by annotation", pod("p").annotation(Keys.DAEMON_SET_POD, "true"), "Skip"),
        row(
            "a daemon that asks",
            pod("p").owner("DaemonSet").annotation(daemon, "true"),
            "EvictLast"),
        row(
            "a daemon that asks not",
            pod("p").owner("DaemonSet").annotation(daemon, "false"),
            "Skip"),
        row(
            "a daemon that asks and would come back",
            pod("p").owner("DaemonSet").annotation(daemon, "true").rules(TOLERATES_ALL),
            "Skip"),
        row("a replica that asks as a daemon", pod("p").annotation(daemon, "true"), "Evict"),
        row("an expendable pod", pod("p").owner(null).priority(-11), "Skip"),
        row("one that is just not expendable", pod("p").priority(-10), "Evict"),
        row("do not disrupt", pod("p").annotation(Keys.DO_NOT_DISRUPT, "true"), "DoNotDisrupt"),
        row(
            "karpenter's word for it",
            pod("p").annotation(Keys.KARPENTER_DO_NOT_DISRUPT, "true"),
            "DoNotDisrupt"),
        row("safe beats no controller", pod("p").owner(null).annotation(safe, "true"), "Evict"),
        row("safe beats local data", pod("p").localVolumes("v").annotation(safe, "true"), "Evict"),
        row(
            "safe does not beat a budget",
            pod("p").labels(Map.of("app", "full")).annotation(safe, "true"),
            "DisruptionBudget"),
        row("a pod that ended", pod("p").owner(null).phase(PodStatus.Phase.SUCCEEDED), "Skip"),
        row("until it ends", pod("p").owner(null).annotation(safe, "on-completion"), "Wait"),
        row("no controller", pod("p").owner(null), "NotReplicated"),
        row("an unknown controller", pod("p").owner("SparkApplication"), "NotReplicated"),
        row("a job", pod("p").owner("Job"), "Evict"),
        row("a stateful set", pod("p").owner("StatefulSet"), "Evict"),
        row(
            "a young system pod",
            pod("p").namespace("kube-system").created(NOON.minusSeconds(3_599)),
            "SystemPod"),
        row(
            "an old system pod",
            pod("p").namespace("kube-system").created(NOON.minusSeconds(3_600)),
            "Evict"),
        row(
            "a young system pod with a budget",
            pod("p").namespace("kube-system").created(NOON).labels(Map.of("app", "dns")),
            "Evict"),
        row("not safe", pod("p").annotation(safe, "false"), "NotSafeToEvict"),
        row("local data", pod("p").localVolumes("cache"), "LocalStorage"),
        row(
            "local data that may go",
            pod("p").localVolumes("a", "b").annotation(Keys.SAFE_TO_EVICT_VOLUMES, "a,b"),
            "Evict"),
        row(
            "some local data may go",
            pod("p").localVolumes("a", "b").annotation(Keys.SAFE_TO_EVICT_VOLUMES, "a"),
            "LocalStorage"),
        row("a full budget", pod("p").labels(Map.of("app", "full")), "DisruptionBudget"));
  }

  @ParameterizedTest(name = "{0}: {2}")
  @MethodSource("table")
  void judges(String what, Pods pod, String verdict) {
    String actual =
        switch (DrainabilityRule.judgeAll(pod.build(), CONTEXT)) {
          case DrainVerdict.Skip _ -> "Skip";
          case DrainVerdict.Evict _ -> "Evict";
          case DrainVerdict.EvictLast _ -> "EvictLast";
          case DrainVerdict.Wait _ -> "Wait";
          case DrainVerdict.Block block -> block.reason().title();
        };

    assertThat(actual).as(what).isEqualTo(verdict);
  }
}
