package dev.windlass.core.model;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a GPU node's own agent says, from its GpuNode resource.
 *
 * @param node the node
 * @param stack the stack that it follows
 * @param operation the operation that its spec asks for; null while none is known
 * @param finished when each step finished
 * @param failure what went wrong for good, or null
 * @param health of its devices
 * @param endsAt when the machine was told that its cloud takes it away, or null
 */
public record GpuNode(
    NodeName node,
    GpuStackName stack,
    @Nullable OperationId operation,
    Map<GpuPhase, Instant> finished,
    @Nullable GpuFailure failure,
    GpuHealth health,
    @Nullable Instant endsAt) {
  public GpuNode {
    finished = Map.copyOf(finished);
  }

  /** An agent's word on a machine that stays. */
  public GpuNode(
      NodeName node,
      GpuStackName stack,
      @Nullable OperationId operation,
      Map<GpuPhase, Instant> finished,
      @Nullable GpuFailure failure,
      GpuHealth health) {
    this(node, stack, operation, finished, failure, health, null);
  }

  /** An agent's word that tells of no trouble. */
  public GpuNode(
      NodeName node,
      GpuStackName stack,
      @Nullable OperationId operation,
      Map<GpuPhase, Instant> finished,
      @Nullable GpuFailure failure) {
    this(node, stack, operation, finished, failure, GpuHealth.GOOD, null);
  }

  /** An agent's word without the order that it answers. */
  public GpuNode(
      NodeName node,
      GpuStackName stack,
      Map<GpuPhase, Instant> finished,
      @Nullable GpuFailure failure) {
    this(node, stack, null, finished, failure);
  }
}
