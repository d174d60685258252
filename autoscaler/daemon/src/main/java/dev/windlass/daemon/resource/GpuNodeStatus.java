package dev.windlass.daemon.resource;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
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
 * @param health what is wrong with the devices; absent while nothing is
 * @param conditions reserved for the agent's own conditions
 * @param task how far the agent is with its task, or null
 * @param interruption that the cloud takes the machine away, or null
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record GpuNodeStatus(
    @Nullable String operationId,
    List<FinishedStep> finished,
    @Nullable Failure failure,
    @Nullable Facts facts,
    @Nullable Health health,
    List<Condition> conditions,
    @Nullable TaskStatus task,
    @Nullable Interruption interruption) {
  /** Nothing known yet. */
  public static final GpuNodeStatus EMPTY =
      new GpuNodeStatus(null, List.of(), null, null, null, List.of(), null, null);

  public GpuNodeStatus {
    finished = Absent.toEmpty(finished);
    conditions = Absent.toEmpty(conditions);
  }

  /** What the cloud says inside the machine alone: it takes the machine away. */
  public record Interruption(
      @JsonPropertyDescription("RFC 3339: when at the earliest.") @Required String at,
      @JsonPropertyDescription("Preempt, Terminate or Redeploy.") @Required String kind,
      @JsonPropertyDescription("azure or gcp.") @Required String source) {}

  /** A step that finished. */
  public record FinishedStep(
      @Required GpuNodeSpec.Step step, @JsonPropertyDescription("RFC 3339.") @Required String at) {}

  /** What went wrong for good. */
  public record Failure(
      @Required GpuNodeSpec.Step step,
      @JsonPropertyDescription("A short code, for instance DriverBuildFailed.") @Required
          String cause,
      @Nullable String message) {}

  /** What is wrong with the devices; no longer listed than it matters: the newest 64 errors. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Health(
      @JsonPropertyDescription("Errors that the driver logged.") List<Xid> xids,
      @JsonPropertyDescription("What the driver asks for now, device by device.")
          List<Recovery> recoveries) {
    public Health {
      xids = Absent.toEmpty(xids);
      recoveries = Absent.toEmpty(recoveries);
    }
  }

  /** An error that the driver logged. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Xid(
      @JsonPropertyDescription("NVIDIA's number of it.") @Required int xid,
      @JsonPropertyDescription("UUID or PCI address.") @Required String device,
      @JsonPropertyDescription("RFC 3339.") @Required String at,
      @JsonPropertyDescription("NAMESPACE/NAME of the pod whose program it hit, if that is known.")
          @Nullable String pod) {}

  /** What the driver asks for now. */
  public record Recovery(
      @JsonPropertyDescription("UUID or PCI address.") @Required String device,
      @JsonPropertyDescription(
              "NVML's recovery action: None, GpuReset, NodeReboot, DrainP2P, DrainAndReset,"
                  + " BusReset, RecoverImexDomain or SystemReboot.")
          @Required
          String action) {}

  /** What the agent found on the machine. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Facts(
      @Nullable String gpuModel,
      @Nullable Integer gpuCount,
      @Nullable Long gpuMemoryMib,
      @Nullable String driverVersion,
      @Nullable String kernelVersion,
      @JsonPropertyDescription("PCI device ids, for instance 10de:2330.")
          @Nullable List<String> pciIds,
      @JsonPropertyDescription("open or proprietary.") @Nullable String driverModules,
      @JsonPropertyDescription("NVSwitches on the PCI bus.") @Nullable Integer switches,
      @JsonPropertyDescription("Whether the nouveau module is loaded.") @Nullable Boolean nouveau,
      @Nullable SystemFacts system,
      @JsonPropertyDescription("What nvidia-smi says of each device.")
          @Nullable List<Device> devices) {
    /** All that is known is the driver's version. */
    public static Facts ofDriver(String version) {
      return new Facts(null, null, null, version, null, null, null, null, null, null, null);
    }
  }

  /** The software that was on the machine before. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record SystemFacts(
      @JsonPropertyDescription("ID of os-release, for instance ubuntu.") @Nullable String id,
      @Nullable String version,
      @Nullable String name,
      @Nullable String architecture,
      @JsonPropertyDescription("For instance containerd://1.7.22.") @Nullable String runtime,
      @Nullable String kubelet) {}

  /** One device. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Device(
      @Required String name,
      @Required String uuid,
      @Nullable String pciId,
      @Nullable Long memoryMib,
      @JsonPropertyDescription("Whether it is partitioned.") @Nullable Boolean mig,
      @Nullable Integer migDevices,
      @JsonPropertyDescription("The fabric's state, for instance Completed.")
          @Nullable String fabric,
      @Nullable Long uncorrectableErrors) {}

  /** How far a task is. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record TaskStatus(
      @Required String id,
      @Required TaskState state,
      @JsonPropertyDescription("Tries so far, those that were cut off included.")
          @Nullable Integer attempts,
      @Nullable String message,
      @Nullable Integer seconds,
      @JsonPropertyDescription("What inspect-runtime has found; without credentials.")
          @Nullable RuntimeConfiguration configuration,
      @JsonPropertyDescription("The boot in which a reboot was asked for.")
          @Nullable String bootId) {}

  /** How a task ends; a stale one asks for another look. */
  public enum TaskState {
    Running,
    Succeeded,
    Stale,
    Failed
  }

  /** How the container runtime is set up. */
  public record RuntimeConfiguration(
      @Size(max = GpuNodeTask.TEXT) @Nullable String main,
      @Size(max = GpuNodeTask.TEXT) @Nullable String effective,
      @Required String fingerprint) {}
}
