package dev.windlass.core.volumes;

import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.model.PersistentVolume;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What pods have taken beyond their node: volumes made beforehand, claims that several pods name.
 * What was taken on a node that is closed is free again.
 */
final class Bindings {
  private final Map<String, List<VolumePlace>> volumes = new HashMap<>();
  private final Map<ObjectKey, List<Chosen>> claims = new HashMap<>();
  private final Map<ObjectKey, List<VolumePlace>> exclusive = new HashMap<>();

  /**
   * What becomes of a claim that several pods name.
   *
   * @param place where its first pod goes
   * @param volume the volume that it gets, or null when one is made there
   */
  record Chosen(VolumePlace place, @Nullable PersistentVolume volume) {}

  /**
   * What the claims of pods on one node get.
   *
   * @param volumes names of volumes made beforehand
   * @param claims claims that several pods name
   */
  record Draft(Set<String> volumes, Map<ObjectKey, Chosen> claims) {
    static Draft empty() {
      return new Draft(new HashSet<>(), new HashMap<>());
    }

    void add(Draft other) {
      volumes.addAll(other.volumes);
      claims.putAll(other.claims);
    }
  }

  boolean isTaken(String volume) {
    return isOpen(volumes.getOrDefault(volume, List.of()));
  }

  boolean isInUse(ObjectKey claim) {
    return isOpen(exclusive.getOrDefault(claim, List.of()));
  }

  /** What was chosen last for a claim, or null when nothing was. */
  @Nullable Chosen chosen(ObjectKey claim) {
    for (Chosen each : claims.getOrDefault(claim, List.of()).reversed()) {
      if (!each.place().isClosed()) {
        return each;
      }
    }
    return null;
  }

  private static boolean isOpen(List<VolumePlace> places) {
    return places.stream().anyMatch(place -> !place.isClosed());
  }

  void take(VolumeNeeds needs, Draft draft, VolumePlace place) {
    needs.exclusive().forEach(claim -> add(exclusive, claim, place));
    draft.volumes().forEach(volume -> add(volumes, volume, place));
    draft.claims().forEach((claim, chosen) -> add(claims, claim, chosen));
  }

  /** Gives back what was taken last. */
  void untake(VolumeNeeds needs, Draft draft) {
    needs.exclusive().forEach(claim -> removeLast(exclusive, claim));
    draft.volumes().forEach(volume -> removeLast(volumes, volume));
    draft.claims().keySet().forEach(claim -> removeLast(claims, claim));
  }

  private static <K, V> void add(Map<K, List<V>> lists, K key, V value) {
    lists.computeIfAbsent(key, _ -> new ArrayList<>()).add(value);
  }

  private static <K, V> void removeLast(Map<K, List<V>> lists, K key) {
    List<V> list = lists.get(key);
    if (list != null) {
      list.removeLast();
    }
  }
}
