package dev.windlass.core.gpu;

import dev.windlass.core.model.GpuFailedMachine;
import dev.windlass.core.model.Keys;
import dev.windlass.core.model.NodeGroupName;
import dev.windlass.core.model.NodeName;
import dev.windlass.core.model.ObjectKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a group with a GPU stack lacks.
 *
 * @param name the group
 * @param untainted its newest node, when that came without the startup taint; else null
 * @param gatedBy who added the taint to that node, {@link #BY_DAEMON} or an admission policy; empty
 *     while nobody has
 * @param intolerant DaemonSets whose pods belong on the group's nodes and do not tolerate the
 *     startup taint, so that they start only once it is gone
 * @param misfits machine types that are not bought because the stack cannot work on them, with the
 *     reason
 * @param failed its machines that failed lately, which are written down for the next process
 */
public record GpuGroup(
    NodeGroupName name,
    @Nullable NodeName untainted,
    String gatedBy,
    List<ObjectKey> intolerant,
    List<String> misfits,
    List<GpuFailedMachine> failed) {
  /** The kubelet's argument that makes it add the startup taint to its own Node. */
  public static final String KUBELET_ARGUMENT =
      "--register-with-taints=" + Keys.GPU_NOT_READY + ":NoSchedule";

  /** The value of {@link Keys#GPU_GATED_BY} when the daemon added the taint, which is late. */
  public static final String BY_DAEMON = "daemon";

  public GpuGroup {
    intolerant = List.copyOf(intolerant);
    misfits = List.copyOf(misfits);
    failed = List.copyOf(failed);
  }
}
