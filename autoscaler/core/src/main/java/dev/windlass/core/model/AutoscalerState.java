package dev.windlass.core.model;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a decision remembers for the next one. What must survive a restart is also written to the
 * objects that it concerns, and rebuilt from there.
 *
 * @param unneededSince since when each removable node has been unneeded
 * @param backoffs node groups that failed: what of them is left alone, and until when
 * @param lastScaleUp when each group last grew
 * @param scalers what each scaler remembers
 * @param gpu since when each GPU machine has been in its phase
 * @param planned the ordered node that each pending pod waits for
 * @param growths increases whose new target has not been seen yet
 */
public record AutoscalerState(
    Map<NodeName, Instant> unneededSince,
    Map<NodeGroupName, List<Backoff>> backoffs,
    Map<NodeGroupName, Instant> lastScaleUp,
    Map<ObjectKey, ScalerHistory> scalers,
    Map<String, PhaseStart> gpu,
    Map<ObjectKey, PlannedNode> planned,
    Map<NodeGroupName, Growth> growths) {
  /** Nothing remembered: timers start anew, which is the careful side. */
  public static final AutoscalerState EMPTY =
      new AutoscalerState(Map.of(), Map.of(), Map.of(), Map.of(), Map.of());

  public AutoscalerState {
    unneededSince = Map.copyOf(unneededSince);
    backoffs = Map.copyOf(backoffs);
    lastScaleUp = Map.copyOf(lastScaleUp);
    scalers = Map.copyOf(scalers);
    gpu = Map.copyOf(gpu);
    planned = Map.copyOf(planned);
    growths = Map.copyOf(growths);
  }

  /** A state in which no pod waits for a node and no group grows. */
  public AutoscalerState(
      Map<NodeName, Instant> unneededSince,
      Map<NodeGroupName, List<Backoff>> backoffs,
      Map<NodeGroupName, Instant> lastScaleUp,
      Map<ObjectKey, ScalerHistory> scalers,
      Map<String, PhaseStart> gpu) {
    this(unneededSince, backoffs, lastScaleUp, scalers, gpu, Map.of(), Map.of());
  }

  /** The same, but for the groups that are left alone. */
  public AutoscalerState withBackoffs(Map<NodeGroupName, List<Backoff>> others) {
    return new AutoscalerState(unneededSince, others, lastScaleUp, scalers, gpu, planned, growths);
  }

  /** The same, but for the phases of GPU machines. */
  public AutoscalerState withGpu(Map<String, PhaseStart> others) {
    return new AutoscalerState(
        unneededSince, backoffs, lastScaleUp, scalers, others, planned, growths);
  }

  /** The same, but for when each group last grew. */
  public AutoscalerState withLastScaleUp(Map<NodeGroupName, Instant> others) {
    return new AutoscalerState(unneededSince, backoffs, others, scalers, gpu, planned, growths);
  }

  /**
   * An increase that was decided: the same one until the group's target has changed.
   *
   * @param from the target that it starts from
   * @param since when it was decided first
   * @param orders what was asked for, by the target asked for: a cloud takes one of them
   */
  public record Growth(int from, Instant since, Map<Integer, Map<Variant, Integer>> orders) {
    public Growth {
      orders = Map.copyOf(orders);
    }

    /** One of which nothing has been asked yet. */
    public Growth(int from, Instant since) {
      this(from, since, Map.of());
    }

    /** The same with another order; of two for one target the first was sent first. */
    public Growth asking(int to, Map<Variant, Integer> machines) {
      Map<Integer, Map<Variant, Integer>> all = new HashMap<>(orders);
      all.putIfAbsent(to, Map.copyOf(machines));
      return new Growth(from, since, all);
    }
  }

  /** Whether a machine's GPU bootstrap failed; its phases have deadlines of their own. */
  public boolean hasFailedBootstrap(String instance) {
    PhaseStart phase = gpu.get(instance);
    return phase != null && phase.failure() != null;
  }

  /** Whether the node is a GPU machine on its way, with or without its startup taint. */
  public boolean isBootstrapping(Node node) {
    PhaseStart phase = gpu.get(gpuKey(node));
    return phase != null && phase.failure() == null && phase.phase() != GpuPhase.READY;
  }

  /** Under which key {@link #gpu} has a node: its machine's id, or its name without a cloud. */
  public static String gpuKey(Node node) {
    String provider = node.spec().providerId();
    return provider.isEmpty() ? "node/" + node.name() : provider;
  }

  /**
   * What a failure closes is left alone for a while.
   *
   * @param until when it may be tried again
   * @param failures how often it failed in a row
   * @param failure the last failure, whose scope is what it closes
   */
  public record Backoff(Instant until, int failures, CloudFailure failure) {}

  /** What keeps a variant from being bought now, the longest wait of several. */
  public Optional<Backoff> closing(NodeGroupName group, Variant variant, Instant now) {
    return backoffs.getOrDefault(group, List.of()).stream()
        .filter(each -> now.isBefore(each.until()) && each.failure().scope().covers(variant))
        .max(Comparator.comparing(Backoff::until));
  }

  /** The longest wait of a group, which may be over or concern a part of it. */
  public Optional<Backoff> longestBackoff(NodeGroupName group) {
    return backoffs.getOrDefault(group, List.of()).stream()
        .max(Comparator.comparing(Backoff::until));
  }

  /**
   * When a GPU machine entered its phase.
   *
   * @param phase the phase
   * @param startedAt since when
   * @param past when each earlier phase began
   * @param failure why it failed, or null while it has not
   */
  public record PhaseStart(
      GpuPhase phase,
      Instant startedAt,
      Map<GpuPhase, Instant> past,
      @Nullable GpuFailure failure) {
    public PhaseStart {
      past = Map.copyOf(past);
    }
  }
}
