package dev.windlass.daemon.kubernetes;

import dev.windlass.core.gpu.GpuGroup;
import dev.windlass.core.model.Keys;
import dev.windlass.core.model.ObjectKey;
import dev.windlass.daemon.kubernetes.StatusConditions.Wanted;
import java.util.List;
import java.util.stream.Collectors;

/** What the conditions of a NodeGroup say of its GPU nodes. */
final class GpuConditions {
  private static final int MAX_NAMES = 10;

  private GpuConditions() {}

  static List<Wanted> of(GpuGroup group) {
    return List.of(startupTaint(group), tolerations(group), fit(group));
  }

  private static Wanted fit(GpuGroup group) {
    String type = "GpuStackFits";
    return group.misfits().isEmpty()
        ? new Wanted(type, true, "Fits", "the stack can work on every machine type")
        : new Wanted(
            type,
            false,
            "NothingIsBought",
            "what the stack cannot work on is not bought: " + String.join("; ", group.misfits()));
  }

  private static Wanted startupTaint(GpuGroup group) {
    String type = "StartupTaintMissing";
    if (group.untainted() == null) {
      return new Wanted(type, false, "BornTainted", "the newest node came with its startup taint");
    }
    boolean late = group.gatedBy().isEmpty() || group.gatedBy().equals(GpuGroup.BY_DAEMON);
    return new Wanted(
        type,
        true,
        late ? "TaintedLate" : "TaintedAtAdmission",
        "node "
            + group.untainted()
            + " came without its startup taint and got it from "
            + (late ? "the daemon, after pods could come" : "an admission policy")
            + ": add "
            + GpuGroup.KUBELET_ARGUMENT
            + " to the kubelet's arguments in the group's template");
  }

  private static Wanted tolerations(GpuGroup group) {
    String type = "StartupTaintTolerated";
    if (group.intolerant().isEmpty()) {
      return new Wanted(type, true, "Tolerated", "every DaemonSet of its nodes tolerates it");
    }
    int more = group.intolerant().size() - MAX_NAMES;
    return new Wanted(
        type,
        false,
        "DaemonSetsWait",
        "these DaemonSets start only when the GPUs are ready, since they do not tolerate "
            + Keys.GPU_NOT_READY
            + ":NoSchedule: "
            + group.intolerant().stream()
                .limit(MAX_NAMES)
                .map(ObjectKey::toString)
                .collect(Collectors.joining(", "))
            + (more > 0 ? " and " + more + " more" : ""));
  }
}
