package dev.windlass.daemon.resource;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The status of a GpuNode, written by the node's agent.
 *
 * @param operationId the last operation that the agent has seen
 * @param finished when each step finished
 * @param failure what went wrong for good, or null
 * @param facts what the agent found on the machine, or null
 * @param conditions reserved for the agent's own conditions
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record GpuNodeStatus(
    @Nullable String operationId,
    List<FinishedStep> finished,
    @Nullable Failure failure,
    @Nullable Facts facts,
    List<Condition> conditions) {
  /** Nothing known yet. */
  public static final GpuNodeStatus EMPTY =
      new GpuNodeStatus(null, List.of(), null, null, List.of());

  public GpuNodeStatus {
    finished = Absent.toEmpty(finished);
    conditions = Absent.toEmpty(conditions);
  }

  /** A step that finished. */
  public record FinishedStep(
      @Required GpuNodeSpec.Step step, @JsonPropertyDescription("RFC 3339.") @Required String at) {}

  /** What went wrong for good. */
  public record Failure(
      @Required GpuNodeSpec.Step step,
      @JsonPropertyDescription("A short code, for instance DriverBuildFailed.") @Required
          String cause,
      @Nullable String message) {}

  /** What the agent found on the machine. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Facts(
      @Nullable String gpuModel,
      @Nullable Integer gpuCount,
      @Nullable Long gpuMemoryMib,
      @Nullable String driverVersion,
      @Nullable String kernelVersion,
      @JsonPropertyDescription("PCI device ids, for instance 10de:2330.")
          @Nullable List<String> pciIds) {}
}
