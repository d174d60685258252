package dev.windlass.core.replicas;

import static dev.windlass.core.replicas.PodTokens.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.AutoscalerState;
import dev.windlass.core.model.ClusterSnapshot;
import dev.windlass.core.model.Identity;
import dev.windlass.core.model.LabelSelector;
import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.model.Pod;
import dev.windlass.core.model.PodMetadata;
import dev.windlass.core.model.PodPlacementRules;
import dev.windlass.core.model.PodSpec;
import dev.windlass.core.model.Policy;
import dev.windlass.core.model.ReplicaScaler;
import dev.windlass.core.model.ReplicaScaler.Bounds;
import dev.windlass.core.model.ReplicaScaler.Settings;
import dev.windlass.core.model.Requirement;
import dev.windlass.core.model.Resources;
import dev.windlass.core.model.ScaleTarget;
import dev.windlass.core.model.TargetRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which pods belong to which scaler, and scalers that get into each other's way. */
class SelectedPodsTest {
  private final List<Pod> pods = new ArrayList<>();
  private final List<ReplicaScaler> scalers = new ArrayList<>();
  private final Map<TargetRef, ScaleTarget> targets = new HashMap<>();
  private final Map<ObjectKey, LabelSelector> selectors = new HashMap<>();

  @Test
  void keepsNamespacesApart() {
    scaler("a/web", "web", selector("app", "web"));
    scaler("b/web", "web", selector("app", "web"));
    pod("a/p0", Map.of("app", "web"));
    SelectedPods selected = SelectedPods.of(snapshot());
    assertThat(selected.of(key("a/web"))).hasSize(1);
    assertThat(selected.of(key("b/web"))).isEmpty();
    assertThat(selected.conflict(key("a/web")).exists()).isFalse();
  }

  @Test
  void overlappingSelectorsStopBoth() {
    scaler("a/web", "web", selector("app", "web"));
    scaler("a/all", "all", selector("tier", "front"));
    pod("a/p0", Map.of("app", "web", "tier", "front"));
    ReplicaPlan plan = ReplicaPlanner.plan(snapshot(), AutoscalerState.EMPTY, Policy.DEFAULT, NOW);
    assertThat(plan.decisions())
        .extracting(decision -> decision.scaler() + ": " + decision.verdict().reason())
        .containsExactly(
            "a/all: scaler a/web selects pod a/p0 too", "a/web: scaler a/all selects pod a/p0 too");
    assertThat(plan.decisions())
        .allMatch(decision -> "AmbiguousSelector".equals(decision.verdict().limitedBy()));
  }

  @Test
  void selectorsThatCouldOverlapButShareNoPodStopNobody() {
    scaler("a/web", "web", selector("app", "web"));
    scaler("a/all", "all", selector("tier", "front"));
    pod("a/p0", Map.of("app", "web"));
    pod("a/p1", Map.of("tier", "front"));
    SelectedPods selected = SelectedPods.of(snapshot());
    assertThat(selected.conflict(key("a/web")).exists()).isFalse();
    assertThat(selected.conflict(key("a/all")).exists()).isFalse();
  }

  @Test
  void oneTargetHasOneScalerEvenWithoutPods() {
    scaler("a/one", "web", selector("app", "web"));
    scaler("a/two", "web", selector("app", "web"));
    SelectedPods selected = SelectedPods.of(snapshot());
    assertThat(selected.conflict(key("a/one")).message())
        .isEqualTo("scaler a/two has the same target");
    assertThat(selected.conflict(key("a/two")).message())
        .isEqualTo("scaler a/one has the same target");
  }

  @Test
  void saysThatATargetDoesNotExist() {
    scaler("a/web", "web", selector("app", "web"));
    targets.clear();
    ReplicaPlan plan = ReplicaPlanner.plan(snapshot(), AutoscalerState.EMPTY, Policy.DEFAULT, NOW);
    ReplicaDecision decision = plan.decisions().getFirst();
    assertThat(decision.verdict().limitedBy()).isEqualTo("FailedGetScale");
    assertThat(decision.verdict().reason())
        .isEqualTo("Deployment a/web does not exist or has no scale");
    assertThat(plan.actions()).isEmpty();
  }

  /** The index finds what asking every selector finds. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void findsWhatAskingEverySelectorFinds(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 12; i++) {
      scaler("n" + random.nextInt(2) + "/s" + i, "t" + i, randomSelector(random));
    }
    for (int i = 0; i < 60; i++) {
      Map<String, String> labels = new HashMap<>();
      for (String key : List.of("a", "b", "c")) {
        if (random.nextBoolean()) {
          labels.put(key, "v" + random.nextInt(3));
        }
      }
      pod("n" + random.nextInt(2) + "/p" + i, labels);
    }
    SelectedPods selected = SelectedPods.of(snapshot());
    for (ReplicaScaler scaler : scalers) {
      LabelSelector selector = selectors.get(scaler.key());
      assertThat(selected.of(scaler.key()))
          .as("seed %s, %s", seed, scaler.key())
          .containsExactlyElementsOf(
              pods.stream()
                  .filter(pod -> pod.key().namespace().equals(scaler.key().namespace()))
                  .filter(pod -> selector != null && selector.matches(pod.metadata().labels()))
                  .toList());
    }
  }

  private static LabelSelector randomSelector(Random random) {
    String value = "v" + random.nextInt(3);
    Requirement expression =
        new Requirement("c", Requirement.Operator.NOT_IN, Set.of("v" + random.nextInt(3)));
    return switch (random.nextInt(3)) {
      case 0 -> selector("a", value);
      case 1 -> new LabelSelector(Map.of("b", value, "a", "v0"), List.of(expression));
      default -> new LabelSelector(Map.of(), List.of(expression));
    };
  }

  private void scaler(String name, String target, LabelSelector selector) {
    ObjectKey key = key(name);
    TargetRef ref = new TargetRef("apps/v1", "Deployment", new ObjectKey(key.namespace(), target));
    scalers.add(
        new ReplicaScaler(key, Identity.NONE, ref, new Bounds(1, 9), List.of(), Settings.USUAL));
    selectors.put(key, selector);
    targets.put(ref, new ScaleTarget(ref, Identity.NONE, 2, 2, selector, null));
  }

  private void pod(String name, Map<String, String> labels) {
    pods.add(
        new Pod(
            key(name),
            new PodMetadata(Identity.NONE, labels, Map.of(), null, NOW, null),
            PodSpec.of(Resources.NONE, PodPlacementRules.ANYWHERE),
            PodTokens.status("ready"),
            Pod.Placement.UNPLACED,
            Pod.Lifecycle.USUAL));
  }

  private ClusterSnapshot snapshot() {
    return new ClusterSnapshot(
        new ClusterSnapshot.Workloads(pods, List.of(), List.of(), List.of(), Map.of()),
        ClusterSnapshot.Capacity.NONE,
        new ClusterSnapshot.Scaling(scalers, targets, Map.of()),
        ClusterSnapshot.Gpu.NONE,
        Map.of());
  }

  private static LabelSelector selector(String key, String value) {
    return new LabelSelector(Map.of(key, value), List.of());
  }

  private static ObjectKey key(String name) {
    String[] parts = name.split("/");
    return new ObjectKey(parts[0], parts[1]);
  }
}
