package dev.windlass.core.gpu;

import dev.windlass.core.action.Action;
import dev.windlass.core.model.CloudFailure;
import dev.windlass.core.model.GpuFailure;
import dev.windlass.core.model.GpuHealth;
import dev.windlass.core.model.GpuNode;
import dev.windlass.core.model.GpuPhase;
import dev.windlass.core.model.GpuRepair;
import dev.windlass.core.model.Identity;
import dev.windlass.core.model.Instance;
import dev.windlass.core.model.InstanceId;
import dev.windlass.core.model.Keys;
import dev.windlass.core.model.Node;
import dev.windlass.core.model.NodeName;
import dev.windlass.core.model.OperationId;
import dev.windlass.core.model.Resources;
import dev.windlass.core.model.Taint;
import dev.windlass.core.model.Variant;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One machine of a {@link GpuScene}: its cloud's, its API server's and its agent's view. */
final class SceneMachine {
  final String id;
  final Instant orderedAt;
  Variant variant = GpuScene.VARIANT;
  final TreeSet<String> taints = new TreeSet<>();
  final Map<String, String> annotations = new HashMap<>();
  final EnumMap<GpuPhase, Instant> finished = new EnumMap<>(GpuPhase.class);
  Instance.@Nullable State instance = Instance.State.CREATING;
  @Nullable CloudFailure error;
  @Nullable Instant nodeCreatedAt;
  @Nullable Instant nodeDeletedAt;
  @Nullable GpuFailure failure;
  @Nullable OperationId operation;
  long devices;
  String gpuHealth = "";
  final List<GpuHealth.Xid> xids = new ArrayList<>();
  final TreeMap<String, GpuRepair> wanted = new TreeMap<>();
  final EnumMap<GpuRepair, Instant> repaired = new EnumMap<>(GpuRepair.class);

  SceneMachine(String id, Instant orderedAt) {
    this.id = id;
    this.orderedAt = orderedAt;
  }

  /** Its kubelet has made a Node, behind the startup taint. */
  SceneMachine registered(Instant at) {
    instance = Instance.State.RUNNING;
    nodeCreatedAt = at;
    nodeDeletedAt = null;
    taints.clear();
    taints.add(Keys.GPU_NOT_READY);
    annotations.clear();
    return this;
  }

  void change(Action.ChangeGpuTaint change) {
    if (change.present()) {
      taints.add(change.taint());
    } else {
      taints.remove(change.taint());
    }
    change
        .annotations()
        .forEach((key, value) -> {
          if (value.isEmpty()) {
            annotations.remove(key);
          } else {
            annotations.put(key, value);
          }
        });
  }

  SceneMachine finished(GpuPhase step, Instant at) {
    finished.put(step, at);
    return this;
  }

  /** The Node and what belongs to it are gone. */
  SceneMachine nodeGone() {
    nodeCreatedAt = null;
    finished.clear();
    annotations.clear();
    operation = null;
    devices = 0;
    return this;
  }

  NodeName nodeName() {
    return new NodeName("node-of-" + id);
  }

  boolean isNode(NodeName name) {
    return nodeCreatedAt != null && nodeName().equals(name);
  }

  Identity identity() {
    return new Identity("uid-" + id + "-" + nodeCreatedAt, "1");
  }

  Optional<Instance> toInstance() {
    return Optional.ofNullable(instance)
        .map(state ->
            new Instance(new InstanceId(id), GpuScene.GROUP, variant, state, orderedAt, error));
  }

  Optional<Node> toNode() {
    return Optional.ofNullable(nodeCreatedAt)
        .map(created ->
            new Node(
                nodeName(),
                identity(),
                Map.of(
                    Keys.NODE_GROUP,
                    GpuScene.GROUP.value(),
                    Keys.INSTANCE_TYPE,
                    variant.instanceType()),
                annotations,
                new Node.Spec(taints.stream().map(Taint::noSchedule).toList(), false, id),
                new Node.Status(
                    Resources.of(Map.of(Resources.NVIDIA_GPU, devices, Resources.PODS, 110L)),
                    true,
                    created,
                    created,
                    nodeDeletedAt,
                    gpuHealth)));
  }

  Optional<GpuNode> toAgent() {
    boolean silent = finished.isEmpty() && failure == null && operation == null;
    GpuHealth health = new GpuHealth(xids, wanted, repaired);
    return silent
        ? Optional.empty()
        : Optional.of(
            new GpuNode(nodeName(), GpuScene.STACK, operation, finished, failure, health));
  }

  static List<GpuPhase> steps() {
    return List.of(GpuPhase.DRIVER, GpuPhase.RUNTIME, GpuPhase.DEVICE_PLUGIN, GpuPhase.VALIDATING);
  }
}
