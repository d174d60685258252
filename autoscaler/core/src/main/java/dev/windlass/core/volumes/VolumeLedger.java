package dev.windlass.core.volumes;

import dev.windlass.core.model.CsiNode;
import dev.windlass.core.model.Pod;
import dev.windlass.core.model.PodVolume;
import dev.windlass.core.model.Storage;
import dev.windlass.core.volumes.Bindings.Draft;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** Which volumes are where, as pods are put on nodes in thought. */
public final class VolumeLedger {
  private final StorageIndex storage;
  private final VolumeUsers users;
  private final NeedsReader reader;
  private final Provisioning provisioning;
  private final Bindings bindings = new Bindings();
  private final Map<VolumeNeeds, VolumeNeeds> canonical = new HashMap<>();
  private final List<Draft> drafts = new ArrayList<>();

  /** The rules, in kube-scheduler's order. */
  private final List<VolumeFilter> filters;

  /**
   * The ledger before any pod is on a node.
   *
   * @param pods every pod that has volumes
   */
  public VolumeLedger(Storage written, List<Pod> pods) {
    storage = new StorageIndex(written);
    users = new VolumeUsers(storage, pods);
    reader = new NeedsReader(storage, users);
    provisioning = new Provisioning(storage);
    filters =
        List.of(
            new VolumeRestrictionsFilter(bindings::isInUse),
            new VolumeLimitsFilter(),
            new VolumeBindingFilter(this::binder),
            new VolumeZoneFilter());
  }

  private ClaimBinder binder(VolumePlace place) {
    return new ClaimBinder(provisioning, bindings, place);
  }

  /** What the volumes of a pod ask of its node; one instance for all that are equal. */
  public VolumeNeeds needs(VolumeOwner owner, List<PodVolume> volumes) {
    VolumeNeeds needs = reader.read(owner, volumes);
    return canonical.computeIfAbsent(needs, same -> same);
  }

  /**
   * A node with nothing on it.
   *
   * @param name its name
   * @param labels its labels
   * @param expected how many volumes of each driver it will take, as far as its drivers do not say
   * @param closed says whether the node was taken out
   */
  public VolumePlace place(
      String name,
      Map<String, String> labels,
      Map<String, Integer> expected,
      BooleanSupplier closed) {
    CsiNode known = storage.node(name);
    Map<String, Integer> limits = new HashMap<>(expected);
    if (known != null) {
      limits.putAll(known.limits());
    }
    Set<String> migrated = known == null ? Set.of() : known.migrated();
    VolumePlace place =
        new VolumePlace(new VolumePlace.Node(name, labels, limits, migrated), closed, false);
    place.linger(users.lingering(name));
    return place;
  }

  /** How many pods with these needs may go there now, at most so many as wanted. */
  public int room(VolumeNeeds needs, VolumePlace place, int wanted) {
    int room = needs.refused() == null ? wanted : 0;
    for (VolumeFilter filter : filters) {
      room = room == 0 ? 0 : filter.room(needs, place, room);
    }
    return room;
  }

  /** Why not a single one, or empty when one may. */
  public Optional<VolumeRefusal> refuse(VolumeNeeds needs, VolumePlace place) {
    if (needs.refused() != null) {
      return Optional.of(needs.refused());
    }
    return filters.stream().flatMap(filter -> filter.refuse(needs, place).stream()).findFirst();
  }

  /** Puts daemons there that are on a node to come from the start. */
  public void begin(VolumeNeeds needs, VolumePlace place, int pods) {
    place.add(needs, pods);
  }

  /** Puts pods with these needs there, fitting or not. */
  public void reserve(VolumeNeeds needs, VolumePlace place, int pods) {
    place.add(needs, pods);
    if (needs.contested() && !place.isTrial()) {
      ClaimBinder binder = binder(place);
      binder.bind(needs, pods);
      drafts.add(binder.bound());
      bindings.take(needs, binder.bound(), place);
    }
  }

  /** Takes back what was put there last. */
  public void unreserve(VolumeNeeds needs, VolumePlace place, int pods) {
    place.remove(needs, pods);
    if (needs.contested() && !place.isTrial()) {
      bindings.untake(needs, drafts.removeLast());
    }
  }
}
