package dev.windlass.core.model;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A PersistentVolume.
 *
 * @param name its name
 * @param labels its labels
 * @param offer what it offers to claims
 * @param reach where it can be used
 * @param claim the claim that it is bound to or kept for, or null
 */
public record PersistentVolume(
    String name,
    Map<String, String> labels,
    Offer offer,
    Reach reach,
    @Nullable ClaimReference claim) {
  public PersistentVolume {
    labels = Map.copyOf(labels);
  }

  /**
   * What a volume offers; its size, modes and classes in the terms of a claim.
   *
   * @param terms what it offers; its selector is null
   * @param available whether it may be bound: its phase is Available
   * @param deleting whether it is being deleted
   */
  public record Offer(ClaimRequest terms, boolean available, boolean deleting) {}

  /**
   * Where a volume can be used.
   *
   * @param affinity alternatives of its node affinity; null when there is none
   * @param source the volume as its CSI driver names it, or null when it has none
   * @param migration how a driver that took the volume over reads it, or null
   */
  public record Reach(
      @Nullable List<NodeSelectorTerm> affinity,
      @Nullable CsiVolume source,
      @Nullable Migration migration) {
    public static final Reach EVERYWHERE = new Reach(null, null, null);

    public Reach {
      affinity = affinity == null ? null : List.copyOf(affinity);
    }
  }

  /**
   * A volume of a plugin that a CSI driver replaces.
   *
   * @param plugin the plugin's name
   * @param affinity the node affinity in the driver's terms; null when there is none
   */
  public record Migration(String plugin, @Nullable List<NodeSelectorTerm> affinity) {
    public Migration {
      affinity = affinity == null ? null : List.copyOf(affinity);
    }
  }

  /**
   * The claim that a volume is bound to or kept for.
   *
   * @param key its name
   * @param uid its uid; empty when any claim of that name is meant
   */
  public record ClaimReference(ObjectKey key, String uid) {
    /** Whether this claim is meant. */
    public boolean means(VolumeClaim claim) {
      return key.equals(claim.key()) && (uid.isEmpty() || uid.equals(claim.uid()));
    }
  }
}
