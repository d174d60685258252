package dev.windlass.core.model;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What an agent says of its devices' health.
 *
 * @param xids errors that the driver logged, as far back as the agent remembers
 * @param wanted what the driver asks for now, by device; a device that is well is absent
 * @param repaired when the agent last finished each repair
 */
public record GpuHealth(
    List<Xid> xids, SortedMap<String, GpuRepair> wanted, Map<GpuRepair, Instant> repaired) {
  /** No trouble. */
  public static final GpuHealth GOOD =
      new GpuHealth(List.of(), Collections.emptySortedMap(), Map.of());

  public GpuHealth {
    xids = List.copyOf(xids);
    wanted = Collections.unmodifiableSortedMap(new TreeMap<>(wanted));
    repaired = Map.copyOf(repaired);
  }

  /**
   * An error that the driver logged.
   *
   * @param number NVIDIA's number of it
   * @param device the device, by its UUID or PCI address
   * @param at when
   * @param pod whose program it hit, or null when the agent cannot tell
   */
  public record Xid(int number, String device, Instant at, @Nullable ObjectKey pod) {}
}
