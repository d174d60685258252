package dev.windlass.daemon.resource;

import dev.windlass.core.model.GpuFailedMachine;
import dev.windlass.core.model.NodeGroupName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The failed GPU machines that stand in the status of a NodeGroup. */
public final class GpuFailureMapping {
  /** More of a group are not written down; each kind needs as many as its stack allows. */
  private static final int MAX_WRITTEN = 64;

  private GpuFailureMapping() {}

  /** What stands there; what can't be read is passed over, since it only hastens the next try. */
  public static List<GpuFailedMachine> read(NodeGroupResource resource) {
    @Nullable NodeGroupStatus status = resource.getStatus();
    List<GpuFailedMachine> failures = new ArrayList<>();
    NodeGroupName group = new NodeGroupName(resource.getMetadata().getName());
    for (NodeGroupStatus.GpuFailure each :
        status == null ? List.<NodeGroupStatus.GpuFailure>of() : status.gpuFailures()) {
      @Nullable Instant at = KubernetesSyntax.time(each.at()).orElse(null);
      if (at != null && !each.kind().isEmpty() && !each.kind().contains("/")) {
        failures.add(new GpuFailedMachine(group, each.kind(), each.machine(), at));
      }
    }
    return failures;
  }

  /** The newest few as they are written, in an order that does not change by itself. */
  public static List<NodeGroupStatus.GpuFailure> written(List<GpuFailedMachine> failures) {
    return failures.stream()
        .sorted(
            Comparator.comparing(GpuFailedMachine::at)
                .reversed()
                .thenComparing(GpuFailedMachine::machine))
        .limit(MAX_WRITTEN)
        .map(each ->
            new NodeGroupStatus.GpuFailure(each.kind(), each.machine(), each.at().toString()))
        .toList();
  }
}
