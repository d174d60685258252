package dev.windlass.core.volumes;

import dev.windlass.core.model.Identity;
import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.model.Pod;
import dev.windlass.core.model.VolumeClaim;

/**
 * The pod that volumes belong to.
 *
 * @param key its name
 * @param identity its uid; {@link Identity#NONE} for a pod that is about to exist, whose own claims
 *     will be made with it
 */
public record VolumeOwner(ObjectKey key, Identity identity) {
  /** A pod. */
  public static VolumeOwner of(Pod pod) {
    return new VolumeOwner(pod.key(), pod.metadata().identity());
  }

  boolean isToCome() {
    return identity.equals(Identity.NONE);
  }

  /** The claim of a name that the pod's spec uses. */
  ObjectKey claim(String name) {
    return new ObjectKey(key.namespace(), name);
  }

  /** The claim that is made for one of the pod's ephemeral volumes. */
  ObjectKey ephemeralClaim(String volume) {
    return claim(key.name() + "-" + volume);
  }

  /** Whether a claim was made for the pod. */
  boolean owns(VolumeClaim claim) {
    return identity.uid().equals(claim.ownerUid());
  }
}
