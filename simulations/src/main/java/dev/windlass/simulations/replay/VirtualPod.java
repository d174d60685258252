package dev.windlass.simulations.replay;

import dev.windlass.core.model.Container;
import dev.windlass.core.model.Identity;
import dev.windlass.core.model.Keys;
import dev.windlass.core.model.NodeName;
import dev.windlass.core.model.NodeSelectorTerm;
import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.model.OwnerReference;
import dev.windlass.core.model.Pod;
import dev.windlass.core.model.PodMetadata;
import dev.windlass.core.model.PodPlacementRules;
import dev.windlass.core.model.PodSpec;
import dev.windlass.core.model.PodStatus;
import dev.windlass.core.model.Requirement;
import dev.windlass.core.model.Resources;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A pod in the virtual world: pending or running; it is gone when it ends. */
final class VirtualPod {
  /** The label by which GPU operators tell the family of a node's GPUs. */
  static final String GPU_FAMILY = "nvidia.com/gpu.family";

  private static final OwnerReference OWNER = new OwnerReference("batch", "Job", "trace", "trace");
  private static final Identity NONE = new Identity("", "");

  private final TracePod trace;
  private final PodSpec spec;
  private final Instant createdAt;
  private @Nullable Instant firstStart;
  private @Nullable Instant startedAt;
  private @Nullable VirtualNode node;
  private int device = -1;
  private Pod view;

  VirtualPod(TracePod trace, PodSpec spec, Instant createdAt) {
    this.trace = trace;
    this.spec = spec;
    this.createdAt = createdAt;
    view = render();
  }

  /** The spec of a trace's pod; pods with equal demands should share one. */
  static PodSpec spec(TracePod pod) {
    Map<String, Long> requests = new HashMap<>();
    requests.put(Resources.CPU, pod.cpuMilli());
    requests.put(Resources.MEMORY, pod.memoryMib() << 20);
    if (pod.gpus() > 0 && !pod.isShare()) {
      requests.put(Resources.NVIDIA_GPU, (long) pod.gpus());
    }
    return new PodSpec(
        List.of(Container.of("main", Resources.of(requests))),
        List.of(),
        Resources.NONE,
        null,
        rules(pod),
        0,
        pod.isShare() ? pod.gpuMilli() : 0);
  }

  private static PodPlacementRules rules(TracePod pod) {
    if (pod.models().isEmpty()) {
      return PodPlacementRules.ANYWHERE;
    }
    Set<String> families = new HashSet<>();
    pod.models().forEach(model -> families.addAll(GpuModels.families(model)));
    NodeSelectorTerm term =
        new NodeSelectorTerm(
            List.of(new Requirement(GPU_FAMILY, Requirement.Operator.IN, families)), List.of());
    return new PodPlacementRules(
        Map.of(), List.of(term), List.of(), List.of(), List.of(), List.of());
  }

  TracePod trace() {
    return trace;
  }

  Instant createdAt() {
    return createdAt;
  }

  Pod view() {
    return view;
  }

  @Nullable VirtualNode node() {
    return node;
  }

  /** When it last began to run; only of a running pod. */
  Instant startedAt() {
    return startedAt == null ? createdAt : startedAt;
  }

  int device() {
    return device;
  }

  /**
   * Begins to run.
   *
   * @return whether for the first time
   */
  boolean start(VirtualNode on, int onDevice, Instant now) {
    boolean first = firstStart == null;
    firstStart = first ? now : firstStart;
    startedAt = now;
    node = on;
    device = onDevice;
    view = render();
    return first;
  }

  /** Is evicted and created again. */
  void stop() {
    node = null;
    device = -1;
    startedAt = null;
    view = render();
  }

  private Pod render() {
    Map<String, String> annotations =
        device < 0 ? Map.of() : Map.of(Keys.GPU_INDEX, Integer.toString(device));
    VirtualNode on = node;
    NodeName name = on == null ? null : on.name();
    return new Pod(
        new ObjectKey("trace", trace.name()),
        new PodMetadata(NONE, Map.of(), annotations, OWNER, createdAt, null),
        spec,
        new PodStatus(
            on == null ? PodStatus.Phase.PENDING : PodStatus.Phase.RUNNING,
            on != null,
            startedAt,
            startedAt,
            on == null ? PodStatus.Scheduling.UNSCHEDULABLE : PodStatus.Scheduling.SCHEDULED),
        new Pod.Placement(name, null, null),
        Pod.Lifecycle.USUAL);
  }
}
