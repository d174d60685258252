package dev.windlass.core.volumes;

import dev.windlass.core.model.NodeSelectorTerm;
import dev.windlass.core.model.PersistentVolume.Migration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A volume that exists. Two are equal when no node tells them apart; the name is for messages.
 *
 * @param claim the name of its claim
 * @param where where it can be used
 */
public record BoundVolume(String claim, Where where) {
  /**
   * Where a volume can be used.
   *
   * @param affinity alternatives of its node affinity; null when there is none
   * @param migration how a driver that took it over reads that, or null
   * @param zones the values that the volume's own zone and region labels allow, by label
   */
  public record Where(
      @Nullable List<NodeSelectorTerm> affinity,
      @Nullable Migration migration,
      Map<String, Set<String>> zones) {
    public Where {
      affinity = affinity == null ? null : List.copyOf(affinity);
      zones = Map.copyOf(zones);
    }

    /** Whether every node will do. */
    boolean isAnywhere() {
      return affinity == null
          && (migration == null || migration.affinity() == null)
          && zones.isEmpty();
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof BoundVolume volume && where.equals(volume.where);
  }

  @Override
  public int hashCode() {
    return where.hashCode();
  }
}
