package dev.windlass.provider.gcp;

import com.google.cloud.compute.v1.InstanceGroupManager;
import com.google.cloud.compute.v1.InstanceGroupManagerActionsSummary;
import com.google.cloud.compute.v1.ManagedInstance;
import dev.windlass.core.model.CloudFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of one group between readings: its machines while nothing points to a change,
 * failures that were reported, and since when a machine that is not made yet is asked for. Used by
 * one thread at a time.
 */
final class GroupMemory {
  private final Map<String, Instant> askedSince = new HashMap<>();
  private Set<String> reported = new HashSet<>();
  private List<ManagedInstance> machines = List.of();
  private @Nullable Instant listedAt;
  private String signs = "";

  /** The machines of the last list, unless the group shows a change or the list has become old. */
  @Nullable List<ManagedInstance> fresh(InstanceGroupManager group, Instant now, Duration relist) {
    boolean usable =
        listedAt != null
            && now.isBefore(listedAt.plus(relist))
            && isQuiet(group)
            && machines.size() >= group.getTargetSize()
            && signs.equals(signs(group));
    return usable ? machines : null;
  }

  void remember(InstanceGroupManager group, List<ManagedInstance> listed, Instant now) {
    machines = listed;
    listedAt = now;
    signs = signs(group);
    Set<String> names = new HashSet<>();
    listed.forEach(it -> names.add(it.getInstance()));
    askedSince.keySet().retainAll(names);
  }

  /** The next reading lists the machines. */
  void forget() {
    listedAt = null;
  }

  /** Since when a machine is seen. */
  Instant since(String link, Instant now) {
    return askedSince.computeIfAbsent(link, _ -> now);
  }

  /** Failures that were not there at the last reading, each kind once. */
  List<CloudFailure> unreported(Map<String, CloudFailure> byMachine) {
    List<CloudFailure> fresh =
        byMachine.entrySet().stream()
            .filter(it -> !reported.contains(it.getKey()))
            .map(Map.Entry::getValue)
            .distinct()
            .toList();
    reported = new HashSet<>(byMachine.keySet());
    return fresh;
  }

  /** The group does nothing with its machines, and has as many as it wants. */
  private static boolean isQuiet(InstanceGroupManager group) {
    return group.getCurrentActions().getNone() == group.getTargetSize()
        && group.getStatus().getIsStable();
  }

  private static String signs(InstanceGroupManager group) {
    InstanceGroupManagerActionsSummary actions = group.getCurrentActions();
    return group.getTargetSize()
        + "/"
        + actions.getNone()
        + "/"
        + group.getFingerprint()
        + "/"
        + group.getInstanceTemplate();
  }
}
