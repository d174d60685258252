package dev.windlass.daemon.resource;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The spec of a GpuNode, written by the daemon.
 *
 * @param stack the GpuStack that the node follows
 * @param step what the node's agent is asked to do now, or null for nothing yet
 * @param operationId names this try of the step; a second try has another one
 * @param task the piece of the step that the agent is asked for now; null where it has no part
 * @param refusal why the step can't be done on this machine, or null
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record GpuNodeSpec(
    @JsonPropertyDescription("The GpuStack that the node follows.") @Required @Size(min = 1)
        String stack,
    @JsonPropertyDescription("What the node's agent is asked to do now.") @Nullable Step step,
    @JsonPropertyDescription("Names this try of the step.") @Nullable String operationId,
    @JsonPropertyDescription("The piece of the step that the agent is asked for now.")
        @Nullable GpuNodeTask task,
    @JsonPropertyDescription("Why the step can't be done on this machine.")
        @Nullable Refusal refusal) {
  /** A step before its first task. */
  public GpuNodeSpec(String stack, @Nullable Step step, @Nullable String operationId) {
    this(stack, step, operationId, null, null);
  }

  /** Whether both ask for the same operation. */
  public boolean ordersTheSameAs(@Nullable GpuNodeSpec other) {
    return other != null
        && stack.equals(other.stack)
        && step == other.step
        && Objects.equals(operationId, other.operationId);
  }

  /** Why a step can't be done, found by the daemon from the agent's facts. */
  public record Refusal(
      @Required String operationId,
      @JsonPropertyDescription("A short code, for instance UnsupportedOperatingSystem.") @Required
          String cause,
      @Nullable String message) {}

  /**
   * What an agent carries out: the bootstrap's steps, by the words of the phases that users read,
   * and the repairs of a node whose devices are in trouble.
   */
  public enum Step {
    Driver,
    Runtime,
    DevicePlugin,
    Validating,
    Reset,
    Reboot
  }
}
