package dev.windlass.core.model;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A volume of a pod that may limit where the pod runs. */
public sealed interface PodVolume {
  /**
   * A volume that a claim stands for.
   *
   * @param name the name of its PersistentVolumeClaim, in the pod's namespace
   */
  record Claim(String name) implements PodVolume {}

  /**
   * A generic ephemeral volume: its claim is made for the pod and named {@code POD-VOLUME}.
   *
   * @param volume the volume's name in the pod
   * @param request what the claim will ask for
   */
  record Ephemeral(String volume, ClaimRequest request) implements PodVolume {}

  /**
   * A disk that the pod's spec names itself.
   *
   * @param kind what kind of disk
   * @param id which one: the disk's name, the volume's id, the target's IQN, {@code POOL/IMAGE}
   * @param monitors the monitors of an RBD image; empty for all other kinds
   * @param readOnly whether it is only read
   * @param attachment the same disk as its CSI driver names it, or null when none does
   */
  record Disk(
      Kind kind, String id, Set<String> monitors, boolean readOnly, @Nullable CsiVolume attachment)
      implements PodVolume {
    public Disk {
      monitors = Set.copyOf(monitors);
    }
  }

  /** Kinds of disks that a pod's spec can name. */
  enum Kind {
    GCE_PERSISTENT_DISK,
    AWS_ELASTIC_BLOCK_STORE,
    ISCSI,
    RBD,
    /** A disk that any number of pods may name on one node. */
    OTHER
  }
}
