package dev.windlass.core.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The part of a pod that decides where it fits. Pods with equal specs share one instance where the
 * reader can arrange it: planners work on specs, not on pods.
 *
 * @param containers the ordinary containers
 * @param initContainers init containers in their order
 * @param overhead the runtime class's fixed cost
 * @param podRequests requests at pod level, or null
 * @param rules where it may run
 * @param priority the pod's priority; larger goes first
 * @param gpuMilli the share of one GPU device, in thousandths; 0 when the pod asks for none or for
 *     whole devices
 * @param attachments volumes and devices that must be where it runs
 */
public record PodSpec(
    List<Container> containers,
    List<Container> initContainers,
    Resources overhead,
    @Nullable Resources podRequests,
    PodPlacementRules rules,
    int priority,
    int gpuMilli,
    Attachments attachments) {
  /**
   * What a pod needs beside room, and shares with other pods.
   *
   * @param volumes volumes that limit where it runs
   * @param deviceClaims claims of devices
   */
  public record Attachments(List<PodVolume> volumes, List<PodDeviceClaim> deviceClaims) {
    public static final Attachments NONE = new Attachments(List.of(), List.of());

    public Attachments {
      volumes = List.copyOf(volumes);
      deviceClaims = List.copyOf(deviceClaims);
    }

    /** Whether the pod needs nothing of this kind. */
    public boolean isEmpty() {
      return volumes.isEmpty() && deviceClaims.isEmpty();
    }
  }

  public PodSpec {
    containers = List.copyOf(containers);
    initContainers = List.copyOf(initContainers);
    if (gpuMilli < 0 || gpuMilli > 1000) {
      throw new IllegalArgumentException(
          "a share of a GPU device is 0 to 1000 thousandths, not " + gpuMilli);
    }
  }

  /** A pod without volumes or devices to look after. */
  public PodSpec(
      List<Container> containers,
      List<Container> initContainers,
      Resources overhead,
      @Nullable Resources podRequests,
      PodPlacementRules rules,
      int priority,
      int gpuMilli) {
    this(
        containers,
        initContainers,
        overhead,
        podRequests,
        rules,
        priority,
        gpuMilli,
        Attachments.NONE);
  }

  /** A pod of one container. */
  public static PodSpec of(Resources requests, PodPlacementRules rules) {
    return new PodSpec(
        List.of(Container.of("main", requests)), List.of(), Resources.NONE, null, rules, 0, 0);
  }

  /** The same pod with a share of a GPU device. */
  public PodSpec withGpuMilli(int share) {
    return new PodSpec(
        containers, initContainers, overhead, podRequests, rules, priority, share, attachments);
  }

  /** The same pod with other volumes and devices. */
  public PodSpec withAttachments(Attachments other) {
    return new PodSpec(
        containers, initContainers, overhead, podRequests, rules, priority, gpuMilli, other);
  }

  /** The same pod without its volumes. */
  public PodSpec withoutVolumes() {
    return attachments.volumes().isEmpty()
        ? this
        : withAttachments(new Attachments(List.of(), attachments.deviceClaims()));
  }

  /** The same pod with other rules. */
  public PodSpec withRules(PodPlacementRules other) {
    return new PodSpec(
        containers, initContainers, overhead, podRequests, other, priority, gpuMilli, attachments);
  }

  /** The same pod with another priority. */
  public PodSpec withPriority(int other) {
    return new PodSpec(
        containers, initContainers, overhead, podRequests, rules, other, gpuMilli, attachments);
  }
}
