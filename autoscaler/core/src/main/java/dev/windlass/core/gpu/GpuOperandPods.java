package dev.windlass.core.gpu;

import dev.windlass.core.model.GpuPhase;
import dev.windlass.core.model.Keys;
import dev.windlass.core.model.Node;
import dev.windlass.core.model.NodeName;
import dev.windlass.core.model.Pod;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Pods of the operands' DaemonSets, one for each step and node: a ready one says that its step is
 * done, as well as an agent's word would. Only pods of {@link #NAMESPACE} count, so that nobody
 * else can open a node.
 */
public final class GpuOperandPods {
  /** Where the operands run. */
  public static final String NAMESPACE = "windlass-system";

  private final Map<NodeName, EnumMap<GpuPhase, Instant>> readySince = new HashMap<>();

  private GpuOperandPods() {}

  static GpuOperandPods of(List<Pod> pods) {
    GpuOperandPods operands = new GpuOperandPods();
    for (Pod pod : pods) {
      NodeName node = pod.placement().node();
      String step = pod.metadata().labels().get(Keys.GPU_STEP);
      Instant changed = pod.status().readyChangedAt();
      boolean ours = pod.key().namespace().equals(NAMESPACE) && pod.isDaemon();
      boolean ready = Boolean.TRUE.equals(pod.status().ready());
      if (node != null && step != null && changed != null && ours && ready) {
        operands.add(node, step, changed);
      }
    }
    return operands;
  }

  /** Since when the operands of this very node have been ready. */
  Map<GpuPhase, Instant> on(Node node) {
    Map<GpuPhase, Instant> since = new HashMap<>();
    readySince
        .getOrDefault(node.name(), new EnumMap<>(GpuPhase.class))
        .forEach((step, at) -> {
          if (!at.isBefore(node.status().createdAt())) {
            since.put(step, at);
          }
        });
    return since;
  }

  private void add(NodeName node, String step, Instant since) {
    for (GpuPhase phase : GpuPhase.values()) {
      if (phase.title().equals(step)) {
        readySince.computeIfAbsent(node, _ -> new EnumMap<>(GpuPhase.class)).put(phase, since);
      }
    }
  }
}
