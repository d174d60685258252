package dev.windlass.daemon.kubernetes;

import dev.windlass.core.gpu.GpuOperandPods;
import dev.windlass.core.model.Keys;
import dev.windlass.core.model.Node;
import dev.windlass.core.model.Pod;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Which changes of the cluster should not wait for the next tick; null stands for no object. */
final class Urgency {
  private Urgency() {}

  /** A pod begins to wait for a node, or the operand of a GPU step has done it. */
  static boolean ofPod(@Nullable Pod before, @Nullable Pod after) {
    boolean waits = after != null && after.isPending();
    boolean waited = before != null && before.isPending();
    return (waits && !waited) || finishedStep(before, after);
  }

  /** A node comes, goes, changes its readiness, advertises something else, or is told its end. */
  static boolean ofNode(@Nullable Node before, @Nullable Node after) {
    return before == null
        || after == null
        || before.status().ready() != after.status().ready()
        || !Objects.equals(before.status().endsAt(), after.status().endsAt())
        || !before.status().allocatable().equals(after.status().allocatable());
  }

  private static boolean finishedStep(@Nullable Pod before, @Nullable Pod after) {
    return after != null
        && Boolean.TRUE.equals(after.status().ready())
        && after.key().namespace().equals(GpuOperandPods.NAMESPACE)
        && after.metadata().labels().containsKey(Keys.GPU_STEP)
        && (before == null || !Objects.equals(before.status().ready(), after.status().ready()));
  }
}
