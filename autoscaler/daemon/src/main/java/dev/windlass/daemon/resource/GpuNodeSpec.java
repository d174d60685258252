package dev.windlass.daemon.resource;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/**
 * The spec of a GpuNode, written by the daemon.
 *
 * @param stack the GpuStack that the node follows
 * @param step what the node's agent is asked to do now, or null for nothing yet
 * @param operationId names this try of the step; a second try has another one
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record GpuNodeSpec(
    @JsonPropertyDescription("The GpuStack that the node follows.") @Required @Size(min = 1)
        String stack,
    @JsonPropertyDescription("What the node's agent is asked to do now.") @Nullable Step step,
    @JsonPropertyDescription("Names this try of the step.") @Nullable String operationId) {
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
