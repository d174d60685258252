package dev.windlass.simulations.world;

import dev.windlass.core.model.Resources;
import dev.windlass.daemon.resource.GpuNodeResource;
import dev.windlass.daemon.resource.GpuNodeSpec;
import dev.windlass.daemon.resource.GpuNodeStatus;
import dev.windlass.daemon.resource.GpuNodeStatus.FinishedStep;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The agents and operands on GPU nodes: carry out the step that each GpuNode's spec asks for, and
 * say in its status that it is done. The device plugin's step makes the kubelet advertise devices.
 */
final class GpuOperands implements Actor {
  private static final String DRIVER_VERSION = "580.178.04";

  private final Writes writes;
  private final Hardware hardware;
  private final Pace pace;

  /** When each operation of a node began, by uid and operation id. */
  private final Map<String, Instant> began = new HashMap<>();

  GpuOperands(Writes writes, Hardware hardware, Pace pace) {
    this.writes = writes;
    this.hardware = hardware;
    this.pace = pace;
  }

  @Override
  public void step(ClusterCache cluster, Instant now) {
    for (GpuNodeResource gpuNode : cluster.gpuNodes()) {
      GpuNodeSpec.@Nullable Step step = asked(gpuNode);
      if (step != null && hardware.running(gpuNode.getMetadata().getName())) {
        carryOut(gpuNode, step, cluster, now);
      }
    }
  }

  /** The step that is asked for and not done yet. */
  private static GpuNodeSpec.@Nullable Step asked(GpuNodeResource gpuNode) {
    @Nullable GpuNodeSpec spec = gpuNode.getSpec();
    if (spec == null || spec.step() == null || spec.operationId() == null) {
      return null;
    }
    boolean done =
        status(gpuNode).finished().stream().anyMatch(finished -> finished.step() == spec.step());
    return done ? null : spec.step();
  }

  private static GpuNodeStatus status(GpuNodeResource gpuNode) {
    @Nullable GpuNodeStatus status = gpuNode.getStatus();
    return status == null ? GpuNodeStatus.EMPTY : status;
  }

  private void carryOut(
      GpuNodeResource gpuNode, GpuNodeSpec.Step step, ClusterCache cluster, Instant now) {
    String operation = String.valueOf(gpuNode.getSpec().operationId());
    String key = gpuNode.getMetadata().getUid() + " " + operation;
    Instant due = began.computeIfAbsent(key, _ -> now).plus(pace.real(GpuSteps.length(step)));
    if (now.isBefore(due)) {
      return;
    }
    Optional<Node> node =
        cluster.nodes().stream()
            .filter(it -> it.getMetadata().getName().equals(gpuNode.getMetadata().getName()))
            .findFirst();
    if (node.isEmpty()) {
      return;
    }
    if (step == GpuNodeSpec.Step.DevicePlugin && !advertises(node.get())) {
      advertise(node.get());
    } else {
      report(gpuNode, step, operation, now);
    }
  }

  private boolean advertises(Node node) {
    Resources devices = hardware.devices(node.getMetadata().getName());
    Resources allocatable = Pods.amounts(node.getStatus().getAllocatable());
    return devices.amounts().entrySet().stream()
        .allMatch(entry -> allocatable.get(entry.getKey()) == entry.getValue());
  }

  private void advertise(Node node) {
    Resources devices = hardware.devices(node.getMetadata().getName());
    Map<String, Quantity> amounts = new HashMap<>();
    devices.amounts().forEach((name, amount) -> amounts.put(name, new Quantity("" + amount)));
    Node changed =
        new NodeBuilder(node)
            .editStatus()
            .addToAllocatable(amounts)
            .addToCapacity(amounts)
            .endStatus()
            .build();
    writes.attempt(
        "devices of " + node.getMetadata().getName(),
        client -> client.resource(changed).updateStatus());
  }

  private void report(
      GpuNodeResource gpuNode, GpuNodeSpec.Step step, String operation, Instant now) {
    GpuNodeStatus before = status(gpuNode);
    List<FinishedStep> finished = new ArrayList<>(before.finished());
    finished.add(new FinishedStep(step, now.toString()));
    GpuNodeResource changed = new GpuNodeResource();
    changed.setMetadata(gpuNode.getMetadata());
    changed.setSpec(gpuNode.getSpec());
    changed.setStatus(
        new GpuNodeStatus(
            operation,
            finished,
            null,
            GpuNodeStatus.Facts.ofDriver(DRIVER_VERSION),
            before.health(),
            List.of(),
            null,
            before.interruption()));
    writes.attempt(
        "status of GpuNode " + gpuNode.getMetadata().getName(),
        client -> client.resource(changed).updateStatus());
  }
}
