package dev.windlass.daemon.resource;

import dev.windlass.core.gpu.GpuRecoveryAction;
import dev.windlass.core.model.GpuHealth;
import dev.windlass.core.model.GpuRepair;
import dev.windlass.core.model.ObjectKey;
import dev.windlass.daemon.resource.GpuNodeStatus.FinishedStep;
import dev.windlass.daemon.resource.GpuNodeStatus.Recovery;
import dev.windlass.daemon.resource.GpuNodeStatus.Xid;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the status of a GpuNode says of its devices' health. */
final class GpuHealthMapping {
  private GpuHealthMapping() {}

  static GpuHealth health(GpuNodeStatus status, Findings findings) {
    GpuNodeStatus.@Nullable Health health = status.health();
    List<GpuHealth.Xid> xids = health == null ? List.of() : xids(health.xids(), findings);
    Map<String, GpuRepair> wanted = new TreeMap<>();
    for (Recovery each : health == null ? List.<Recovery>of() : health.recoveries()) {
      GpuRepair repair = GpuRecoveryAction.repair(each.action());
      if (repair != GpuRepair.NONE) {
        wanted.put(each.device(), repair);
      }
    }
    return new GpuHealth(xids, new TreeMap<>(wanted), repaired(status));
  }

  private static List<GpuHealth.Xid> xids(List<Xid> written, Findings findings) {
    List<GpuHealth.Xid> xids = new ArrayList<>();
    int index = 0;
    for (Xid each : written) {
      @Nullable Instant at = KubernetesSyntax.time(each.at()).orElse(null);
      if (at == null) {
        findings.add("status.health.xids[" + index + "].at", each.at(), "a time of RFC 3339");
      } else {
        xids.add(new GpuHealth.Xid(each.xid(), each.device(), at, pod(each.pod())));
      }
      index++;
    }
    return xids;
  }

  private static @Nullable ObjectKey pod(@Nullable String written) {
    String[] parts = written == null ? new String[0] : written.split("/", -1);
    boolean named = parts.length == 2 && !parts[0].isBlank() && !parts[1].isBlank();
    return named ? new ObjectKey(parts[0], parts[1]) : null;
  }

  /** The last end of each repair. */
  private static Map<GpuRepair, Instant> repaired(GpuNodeStatus status) {
    Map<GpuRepair, Instant> repaired = new EnumMap<>(GpuRepair.class);
    for (FinishedStep each : status.finished()) {
      Optional<Instant> at = KubernetesSyntax.time(each.at());
      GpuNodeMapping.repair(each.step())
          .ifPresent(repair ->
              at.ifPresent(time ->
                  repaired.merge(
                      repair, time, (left, right) -> left.isAfter(right) ? left : right)));
    }
    return repaired;
  }
}
