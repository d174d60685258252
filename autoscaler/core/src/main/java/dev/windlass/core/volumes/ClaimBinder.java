package dev.windlass.core.volumes;

import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.model.PersistentVolume;
import dev.windlass.core.volumes.Bindings.Chosen;
import dev.windlass.core.volumes.Bindings.Draft;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds volumes on one node for the claims of one pod after another, or lets them be made. */
final class ClaimBinder {
  private final Provisioning provisioning;
  private final Bindings bindings;
  private final VolumePlace place;
  private final Draft bound = Draft.empty();

  ClaimBinder(Provisioning provisioning, Bindings bindings, VolumePlace place) {
    this.provisioning = provisioning;
    this.bindings = bindings;
    this.place = place;
  }

  /** What the claims of the pods so far get. */
  Draft bound() {
    return bound;
  }

  /**
   * Binds the claims of at most so many pods; returns of how many. Once a pod takes no volume that
   * was made beforehand, neither does the next.
   */
  int bind(VolumeNeeds needs, int pods) {
    for (int pod = 0; pod < pods; pod++) {
      int before = bound.volumes().size();
      if (bind(needs).isPresent()) {
        return pod;
      }
      if (bound.volumes().size() == before) {
        return pods;
      }
    }
    return pods;
  }

  /** Binds the claims of one more pod, or says why one of them gets no volume. */
  Optional<String> bind(VolumeNeeds needs) {
    Draft draft = Draft.empty();
    for (UnboundClaim claim : needs.unbound()) {
      Optional<String> refusal = bind(claim, draft);
      if (refusal.isPresent()) {
        return refusal;
      }
    }
    bound.add(draft);
    return Optional.empty();
  }

  private Optional<String> bind(UnboundClaim claim, Draft draft) {
    if (claim.selectedNode() != null) {
      return made(claim, claim.selectedNode());
    }
    Chosen chosen = chosen(claim, draft);
    if (chosen == null) {
      return choose(claim, draft);
    }
    PersistentVolume volume = chosen.volume();
    if (volume == null) {
      return made(claim, chosen.place().node().name());
    }
    if (NodeLabels.satisfy(volume.reach().affinity(), labels())) {
      return Optional.empty();
    }
    choose(claim, null, draft);
    return provisioning.refuse(claim, labels());
  }

  private Optional<String> choose(UnboundClaim claim, Draft draft) {
    PersistentVolume found = VolumeMatch.find(claim, labels(), name -> isFree(name, draft));
    if (found != null) {
      draft.volumes().add(found.name());
    }
    choose(claim, found, draft);
    return found == null ? provisioning.refuse(claim, labels()) : Optional.empty();
  }

  private void choose(UnboundClaim claim, @Nullable PersistentVolume volume, Draft draft) {
    if (claim.shared() != null) {
      draft.claims().put(claim.shared(), new Chosen(place, volume));
    }
  }

  private boolean isFree(String volume, Draft draft) {
    return !draft.volumes().contains(volume)
        && !bound.volumes().contains(volume)
        && !bindings.isTaken(volume);
  }

  private @Nullable Chosen chosen(UnboundClaim claim, Draft draft) {
    ObjectKey key = claim.shared();
    if (key == null) {
      return null;
    }
    Chosen known = bound.claims().get(key);
    known = known == null ? draft.claims().get(key) : known;
    return known == null ? bindings.chosen(key) : known;
  }

  private Optional<String> made(UnboundClaim claim, String node) {
    return node.equals(place.node().name())
        ? provisioning.refuse(claim, labels())
        : Optional.of("the volume of claim " + claim.name() + " is being made for node " + node);
  }

  private Map<String, String> labels() {
    return place.node().labels();
  }
}
