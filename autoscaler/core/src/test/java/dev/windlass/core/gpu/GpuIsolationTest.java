package dev.windlass.core.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.action.Action;
import dev.windlass.core.decision.Decider;
import dev.windlass.core.decision.Decision;
import dev.windlass.core.model.ClusterSnapshot;
import dev.windlass.core.model.GpuHealth;
import dev.windlass.core.model.GpuNode;
import dev.windlass.core.model.GpuRepair;
import dev.windlass.core.model.Identity;
import dev.windlass.core.model.Keys;
import dev.windlass.core.model.Node;
import dev.windlass.core.model.NodeName;
import dev.windlass.core.model.Resources;
import dev.windlass.core.model.Taint;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** GPU nodes that no group with a GPU stack has. */
class GpuIsolationTest {
  private final GpuScene scene = new GpuScene();

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void buysForOthersAsIfABrokenUnmanagedGpuNodeWereNotThere(boolean ready) {
    scene.pods.add(GpuPods.pending("train-0", GpuScene.DEVICES));
    Decision without = decide(scene.snapshot());
    Decision with = decide(with(scene.snapshot(), node(ready, 0, Map.of()), broken(scene.now)));

    assertThat(without.plans().scaleUp().increases()).hasSize(1);
    assertThat(with.plans().scaleUp().increases()).isEqualTo(without.plans().scaleUp().increases());
    assertThat(with.actions()).containsAll(without.actions());
  }

  @Test
  void isolatesItAndSaysSoAndRepairsNothing() {
    Decision decision = decide(with(scene.snapshot(), node(true, 8, Map.of()), broken(scene.now)));

    assertThat(decision.actions())
        .hasSize(2)
        .anyMatch(each -> each instanceof Action.ChangeGpuTaint change && change.present())
        .anyMatch(each -> each instanceof Action.ReportGpuHealth report && !report.healthy());
  }

  @Test
  void opensItAgainWhenNothingHasGoneWrongForAnHour() {
    Map<String, String> noted = Map.of(Keys.GPU_REPAIR, "Reboot " + scene.now + " Xid 79 on GPU-1");
    Node node = node(true, 8, noted);
    GpuNode agent = broken(scene.now);

    scene.after(Duration.ofMinutes(59));
    assertThat(taints(decide(with(scene.snapshot(), node, agent)))).isEmpty();
    scene.after(Duration.ofMinutes(1));
    assertThat(taints(decide(with(scene.snapshot(), node, agent))))
        .singleElement()
        .matches(change -> !change.present());
  }

  @Test
  void keepsItClosedWhileTheDriverAsksForARepair() {
    Node node = node(true, 8, Map.of(Keys.GPU_REPAIR, "Reset " + scene.now + " asked"));
    GpuHealth asking =
        new GpuHealth(List.of(), new TreeMap<>(Map.of("GPU-1", GpuRepair.RESET)), Map.of());

    scene.after(Duration.ofDays(1));

    assertThat(taints(decide(with(scene.snapshot(), node, agent(asking))))).isEmpty();
  }

  private Decision decide(ClusterSnapshot snapshot) {
    return Decider.decide(snapshot, scene.state, scene.policy, scene.now);
  }

  private static List<Action.ChangeGpuTaint> taints(Decision decision) {
    return decision.actions().stream()
        .filter(Action.ChangeGpuTaint.class::isInstance)
        .map(Action.ChangeGpuTaint.class::cast)
        .toList();
  }

  private static GpuNode broken(Instant at) {
    GpuHealth.Xid fallen = new GpuHealth.Xid(79, "GPU-1", at, null);
    return agent(new GpuHealth(List.of(fallen), new TreeMap<>(), Map.of()));
  }

  private static GpuNode agent(GpuHealth health) {
    return new GpuNode(new NodeName("own-1"), GpuScene.STACK, null, Map.of(), null, health);
  }

  private static Node node(boolean ready, long devices, Map<String, String> annotations) {
    List<Taint> taints =
        annotations.isEmpty() ? List.of() : List.of(Taint.noSchedule(Keys.GPU_UNHEALTHY));
    return new Node(
        new NodeName("own-1"),
        new Identity("uid-own-1", "1"),
        Map.of("nvidia.com/gpu.present", "true", "accelerator", "nvidia-h100"),
        annotations,
        new Node.Spec(taints, false, "elsewhere://own-1"),
        new Node.Status(
            Resources.of(Map.of(Resources.NVIDIA_GPU, devices, Resources.PODS, 110L)),
            ready,
            GpuScene.START,
            GpuScene.START,
            null,
            annotations.isEmpty() ? "" : "Reboot"));
  }

  private static ClusterSnapshot with(ClusterSnapshot snapshot, Node node, GpuNode agent) {
    List<Node> nodes = new ArrayList<>(snapshot.capacity().nodes());
    nodes.add(node);
    return new ClusterSnapshot(
        snapshot.workloads(),
        new ClusterSnapshot.Capacity(
            nodes,
            snapshot.capacity().groups(),
            snapshot.capacity().instances(),
            snapshot.capacity().failures()),
        snapshot.scaling(),
        new ClusterSnapshot.Gpu(snapshot.gpu().stacks(), List.of(agent)),
        snapshot.observedAt());
  }
}
