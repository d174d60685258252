package dev.windlass.core.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.action.Action;
import dev.windlass.core.decision.Decider;
import dev.windlass.core.decision.Decision;
import dev.windlass.core.model.DaemonSet;
import dev.windlass.core.model.GpuPhase;
import dev.windlass.core.model.Keys;
import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.model.PodPlacementRules;
import dev.windlass.core.model.PodSpec;
import dev.windlass.core.model.Resources;
import dev.windlass.core.model.Toleration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The startup taint: who adds it, and who must tolerate it. */
class GpuGateTest {
  private final GpuScene scene = new GpuScene();

  @ParameterizedTest
  @EnumSource(
      value = GpuPhase.class,
      names = {"DRIVER", "RUNTIME", "DEVICE_PLUGIN"})
  void closesANodeThatCameWithoutItsTaintAtFirstSight(GpuPhase phase) {
    SceneMachine machine = untainted("i-1", phase);

    GpuPlan plan = scene.decideAndAct();

    assertThat(plan.steps()).filteredOn(GpuGateTest::isTaint).hasSize(1);
    assertThat(machine.taints).contains(Keys.GPU_NOT_READY);
    assertThat(machine.annotations).containsEntry(Keys.GPU_GATED_BY, GpuGroup.BY_DAEMON);
    assertThat(scene.afterSeconds(10).decide().steps()).noneMatch(GpuGateTest::isTaint);
  }

  @Test
  void doesNotCloseNodesThatWorkOrAreOpen() {
    scene.machineIn("i-1", GpuPhase.READY);
    scene.decideAndAct();
    SceneMachine before = untainted("i-2", GpuPhase.DRIVER);
    before.devices = GpuScene.DEVICES;

    scene.afterSeconds(10).decideAndAct();

    assertThat(scene.afterSeconds(10).decide().steps()).noneMatch(GpuGateTest::isTaint);
  }

  @Test
  void buysNoSecondNodeWhileTheFirstIsNotClosedYet() {
    untainted("i-1", GpuPhase.DRIVER);
    scene.pods.add(GpuPods.pending("train-0", GpuScene.DEVICES));

    Decision decision = Decider.decide(scene.snapshot(), scene.state, scene.policy, scene.now);

    assertThat(decision.plans().scaleUp().increases()).isEmpty();
    assertThat(decision.plans().scaleUp().unhelped()).isEmpty();
  }

  @Test
  void saysOfTheGroupThatItsNewestNodeCameWithoutItsTaint() {
    SceneMachine machine = untainted("i-1", GpuPhase.DRIVER);

    GpuGroup first = scene.decideAndAct().groups().getFirst();
    GpuGroup second = scene.afterSeconds(10).decideAndAct().groups().getFirst();

    assertThat(first.untainted()).isEqualTo(machine.nodeName());
    assertThat(first.gatedBy()).isEmpty();
    assertThat(second.untainted()).isEqualTo(machine.nodeName());
    assertThat(second.gatedBy()).isEqualTo(GpuGroup.BY_DAEMON);

    scene.afterSeconds(60);
    scene.machineIn("i-2", GpuPhase.DRIVER);
    assertThat(scene.decide().groups().getFirst().untainted()).isNull();
  }

  @Test
  void saysThatAdmissionAddedTheTaint() {
    SceneMachine machine = scene.machineIn("i-1", GpuPhase.DRIVER);
    machine.annotations.put(Keys.GPU_GATED_BY, "admission");

    GpuGroup group = scene.decide().groups().getFirst();

    assertThat(group.untainted()).isEqualTo(machine.nodeName());
    assertThat(group.gatedBy()).isEqualTo("admission");
  }

  @Test
  void namesDaemonSetsThatBelongOnTheNodesAndDoNotTolerateTheTaint() {
    Resources devices = Resources.of(Map.of(Resources.NVIDIA_GPU, 1L));
    daemonSet("kube-system/cni", rules(Map.of(), Toleration.exists("")), Resources.NONE);
    daemonSet("nfd/worker", rules(Map.of(), Toleration.exists("other")), Resources.NONE);
    daemonSet("logs/agent", PodPlacementRules.ANYWHERE, Resources.NONE);
    daemonSet("exporter/dcgm", rules(Map.of(), gate()), Resources.NONE);
    daemonSet("web/cache", rules(Map.of("pool", "web")), Resources.NONE);
    daemonSet("ml/burn-in", PodPlacementRules.ANYWHERE, devices);

    List<ObjectKey> intolerant = scene.decide().groups().getFirst().intolerant();

    assertThat(intolerant)
        .extracting(ObjectKey::toString)
        .containsExactly("logs/agent", "nfd/worker");
  }

  private SceneMachine untainted(String id, GpuPhase phase) {
    SceneMachine machine = scene.machineIn(id, phase);
    machine.taints.clear();
    return machine;
  }

  private void daemonSet(String name, PodPlacementRules rules, Resources requests) {
    int slash = name.indexOf('/');
    ObjectKey key = new ObjectKey(name.substring(0, slash), name.substring(slash + 1));
    scene.daemonSets.add(new DaemonSet(key, Map.of(), PodSpec.of(requests, rules)));
  }

  private static Toleration gate() {
    return Toleration.exists(Keys.GPU_NOT_READY);
  }

  private static PodPlacementRules rules(Map<String, String> selector, Toleration... tolerations) {
    return new PodPlacementRules(
        selector, null, List.of(tolerations), List.of(), List.of(), List.of());
  }

  private static boolean isTaint(Action action) {
    return action instanceof Action.ChangeGpuTaint;
  }
}
