package dev.windlass.core.volumes;

import dev.windlass.core.model.NodeSelectorTerm;
import dev.windlass.core.model.PersistentVolume.Migration;
import dev.windlass.core.volumes.VolumeRefusal.Rule;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A volume that exists is used on nodes that its node affinity allows; a claim that waits for its
 * first pod gets a volume there that was made beforehand, or one is made there.
 *
 * <p>Source: Kubernetes 1.36, plugin {@code volumebinding}.
 */
final class VolumeBindingFilter implements VolumeFilter {
  private final Function<VolumePlace, ClaimBinder> binders;

  /**
   * The rule.
   *
   * @param binders binds claims on a node
   */
  VolumeBindingFilter(Function<VolumePlace, ClaimBinder> binders) {
    this.binders = binders;
  }

  @Override
  public Optional<VolumeRefusal> refuse(VolumeNeeds needs, VolumePlace place) {
    for (BoundVolume volume : needs.bound()) {
      List<NodeSelectorTerm> affinity = affinity(volume, place);
      if (!NodeLabels.satisfy(affinity, place.node().labels())) {
        return Optional.of(refusal(misplaced(volume, affinity, place.node().labels())));
      }
    }
    return binders.apply(place).bind(needs).map(VolumeBindingFilter::refusal);
  }

  @Override
  public int room(VolumeNeeds needs, VolumePlace place, int wanted) {
    for (BoundVolume volume : needs.bound()) {
      if (!NodeLabels.satisfy(affinity(volume, place), place.node().labels())) {
        return 0;
      }
    }
    return needs.unbound().isEmpty() ? wanted : binders.apply(place).bind(needs, wanted);
  }

  private static @Nullable List<NodeSelectorTerm> affinity(BoundVolume volume, VolumePlace place) {
    Migration migration = volume.where().migration();
    boolean migrated = migration != null && place.node().migrated().contains(migration.plugin());
    return migration != null && migrated ? migration.affinity() : volume.where().affinity();
  }

  private static String misplaced(
      BoundVolume volume, @Nullable List<NodeSelectorTerm> affinity, Map<String, String> labels) {
    String where =
        affinity == null || affinity.isEmpty()
            ? "no node is"
            : NodeLabels.differing(affinity.getFirst().labels(), labels);
    return "the volume of claim " + volume.claim() + " can be used where " + where;
  }

  private static VolumeRefusal refusal(String message) {
    return new VolumeRefusal(Rule.VOLUME_BINDING, message);
  }
}
