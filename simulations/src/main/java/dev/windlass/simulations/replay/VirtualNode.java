package dev.windlass.simulations.replay;

import dev.windlass.core.model.GpuNode;
import dev.windlass.core.model.GpuPhase;
import dev.windlass.core.model.GpuStackName;
import dev.windlass.core.model.Identity;
import dev.windlass.core.model.Instance;
import dev.windlass.core.model.InstanceId;
import dev.windlass.core.model.Keys;
import dev.windlass.core.model.Node;
import dev.windlass.core.model.NodeGroup;
import dev.windlass.core.model.NodeName;
import dev.windlass.core.model.Offering;
import dev.windlass.core.model.OperationId;
import dev.windlass.core.model.Resources;
import dev.windlass.core.model.Taint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A machine and, once it has booted, its Node object. */
final class VirtualNode {
  private static final int WHOLE = 1000;

  private final String name;
  private final NodeGroup group;
  private final Offering offering;
  private final Instant orderedAt;
  private final int[] freeDevices;
  private final Map<GpuPhase, Instant> finished = new EnumMap<>(GpuPhase.class);
  private final List<Taint> taints = new ArrayList<>();
  private final Map<String, String> annotations = new TreeMap<>();
  private Instance.State state = Instance.State.CREATING;
  private boolean machineGone;
  private @Nullable Instant registeredAt;
  private @Nullable OperationId operation;
  private long version;
  private @Nullable Node view;

  VirtualNode(String name, NodeGroup group, Offering offering, Instant orderedAt) {
    this.name = name;
    this.group = group;
    this.offering = offering;
    this.orderedAt = orderedAt;
    freeDevices = new int[(int) offering.template().allocatable().get(Resources.NVIDIA_GPU)];
    Arrays.fill(freeDevices, WHOLE);
  }

  NodeName name() {
    return new NodeName(name);
  }

  Offering offering() {
    return offering;
  }

  Instant orderedAt() {
    return orderedAt;
  }

  NodeGroup group() {
    return group;
  }

  boolean isMachineGone() {
    return machineGone;
  }

  boolean isDeleting() {
    return state == Instance.State.DELETING;
  }

  void launched() {
    state = state == Instance.State.CREATING ? Instance.State.RUNNING : state;
  }

  void register(Instant now) {
    registeredAt = now;
    taints.addAll(offering.template().taints());
    if (group.settings().gpuStack() != null) {
      taints.add(Taint.noSchedule(Keys.GPU_NOT_READY));
    }
    changed();
  }

  boolean isRegistered() {
    return registeredAt != null;
  }

  void deleting() {
    state = Instance.State.DELETING;
  }

  void machineGone() {
    machineGone = true;
    changed();
  }

  void annotate(Map<String, String> changes) {
    changes.forEach((key, value) -> {
      if (value.isEmpty()) {
        annotations.remove(key);
      } else {
        annotations.put(key, value);
      }
    });
    changed();
  }

  void addTaint(Taint taint) {
    taints.add(taint);
    changed();
  }

  void removeTaint(String key) {
    taints.removeIf(taint -> taint.key().equals(key));
    changed();
  }

  void begin(OperationId step) {
    operation = step;
  }

  void finish(GpuPhase phase, Instant now) {
    finished.put(phase, now);
    changed();
  }

  /** Takes devices; returns the device of a share, -1 for whole devices and for none. */
  int takeDevices(TracePod pod) {
    if (pod.isShare()) {
      int best = -1;
      for (int device = 0; device < freeDevices.length; device++) {
        boolean fits = freeDevices[device] >= pod.gpuMilli();
        if (fits && (best < 0 || freeDevices[device] < freeDevices[best])) {
          best = device;
        }
      }
      freeDevices[best] -= pod.gpuMilli();
      return best;
    }
    int left = pod.gpus();
    for (int device = 0; device < freeDevices.length && left > 0; device++) {
      if (freeDevices[device] == WHOLE) {
        freeDevices[device] = 0;
        left--;
      }
    }
    return -1;
  }

  void giveDevices(TracePod pod, int share) {
    if (pod.isShare()) {
      freeDevices[share] += pod.gpuMilli();
      return;
    }
    int left = pod.gpus();
    for (int device = 0; device < freeDevices.length && left > 0; device++) {
      if (freeDevices[device] == 0) {
        freeDevices[device] = WHOLE;
        left--;
      }
    }
  }

  Optional<Instance> instance() {
    return machineGone
        ? Optional.empty()
        : Optional.of(
            new Instance(
                new InstanceId(providerId()),
                group.name(),
                offering.variant(),
                state,
                orderedAt,
                null));
  }

  /** What the node's agent says, once there is a node of a GPU group. */
  Optional<GpuNode> agent() {
    GpuStackName stack = group.settings().gpuStack();
    return stack == null || registeredAt == null
        ? Optional.empty()
        : Optional.of(new GpuNode(name(), stack, operation, finished, null));
  }

  private String providerId() {
    return "sim://" + name;
  }

  private void changed() {
    version++;
    view = null;
  }

  Node view() {
    Node known = view;
    if (known == null) {
      known = render();
      view = known;
    }
    return known;
  }

  private Node render() {
    Map<String, String> labels = new TreeMap<>(offering.template().labels());
    labels.put(Keys.HOSTNAME, name);
    Instant since = registeredAt == null ? orderedAt : registeredAt;
    boolean devicesKnown =
        group.settings().gpuStack() == null || finished.containsKey(GpuPhase.DEVICE_PLUGIN);
    Resources allocatable = offering.template().allocatable();
    return new Node(
        name(),
        new Identity(name, Long.toString(version)),
        labels,
        annotations,
        new Node.Spec(taints, false, providerId()),
        new Node.Status(
            devicesKnown ? allocatable : allocatable.with(Resources.NVIDIA_GPU, 0),
            !machineGone,
            since,
            since,
            null));
  }
}
