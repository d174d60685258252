package dev.windlass.core.gpu;

import dev.windlass.core.model.DisruptionBudget;
import dev.windlass.core.model.GpuPhase;
import dev.windlass.core.model.Identity;
import dev.windlass.core.model.Keys;
import dev.windlass.core.model.LabelSelector;
import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.model.OwnerReference;
import dev.windlass.core.model.Pod;
import dev.windlass.core.model.PodMetadata;
import dev.windlass.core.model.PodPlacementRules;
import dev.windlass.core.model.PodSpec;
import dev.windlass.core.model.PodStatus;
import dev.windlass.core.model.Resources;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Running pods on a {@link SceneMachine}. */
final class GpuPods {
  private GpuPods() {}

  /** A pod of a workload of the given kind. */
  static Pod of(SceneMachine machine, String owner) {
    return pod(machine, new ObjectKey("ml", "of-" + owner), owner, Map.of(), GpuScene.START);
  }

  /** A pod that says which step it carries out. */
  static Pod operand(
      SceneMachine machine, String namespace, String owner, GpuPhase step, Instant readyAt) {
    ObjectKey key = new ObjectKey(namespace, "operand-" + step);
    return pod(machine, key, owner, Map.of(Keys.GPU_STEP, step.title()), readyAt);
  }

  /** A pod that the scheduler found no place for. */
  static Pod pending(String name, long devices) {
    PodStatus unschedulable =
        new PodStatus(
            PodStatus.Phase.PENDING, null, null, null, PodStatus.Scheduling.UNSCHEDULABLE);
    return new Pod(
        new ObjectKey("ml", name),
        new PodMetadata(
            new Identity("uid-" + name, "1"),
            Map.of(),
            Map.of(),
            new OwnerReference("apps", "ReplicaSet", "owner", "uid"),
            GpuScene.START.minusSeconds(60),
            null),
        PodSpec.of(Resources.of(Map.of(Resources.NVIDIA_GPU, devices)), PodPlacementRules.ANYWHERE),
        unschedulable,
        Pod.Placement.UNPLACED,
        Pod.Lifecycle.USUAL);
  }

  /** A disruption budget for one such pod. */
  static DisruptionBudget budgetFor(Pod pod, int allowed) {
    LabelSelector selector = new LabelSelector(pod.metadata().labels(), List.of());
    return new DisruptionBudget(pod.key(), selector, allowed);
  }

  /** A running pod of a ReplicaSet that uses devices. */
  static Pod using(SceneMachine machine, String name, long devices) {
    Pod pod = pending(name, devices);
    PodStatus running =
        new PodStatus(
            PodStatus.Phase.RUNNING, true, GpuScene.START, null, PodStatus.Scheduling.SCHEDULED);
    PodMetadata known = pod.metadata();
    return new Pod(
        pod.key(),
        new PodMetadata(
            known.identity(),
            Map.of("name", name),
            Map.of(),
            known.controller(),
            known.createdAt(),
            null),
        pod.spec(),
        running,
        new Pod.Placement(machine.nodeName(), null, null),
        pod.lifecycle());
  }

  private static Pod pod(
      SceneMachine machine,
      ObjectKey key,
      String owner,
      Map<String, String> labels,
      Instant readyAt) {
    PodStatus running =
        new PodStatus(PodStatus.Phase.RUNNING, true, readyAt, null, PodStatus.Scheduling.SCHEDULED);
    return new Pod(
        key,
        new PodMetadata(
            Identity.NONE,
            labels,
            Map.of(),
            new OwnerReference("apps", owner, "owner", "uid"),
            GpuScene.START,
            null),
        PodSpec.of(Resources.NONE, PodPlacementRules.ANYWHERE),
        running,
        new Pod.Placement(machine.nodeName(), null, null),
        Pod.Lifecycle.USUAL);
  }
}
