package dev.windlass.core.model;

import org.jspecify.annotations.Nullable;

/**
 * A PersistentVolumeClaim.
 *
 * @param key its name
 * @param uid its uid; empty in a dump that lacks it
 * @param ownerUid the uid of the object that controls it, or null
 * @param request what it asks for
 * @param binding what became of that
 */
public record VolumeClaim(
    ObjectKey key, String uid, @Nullable String ownerUid, ClaimRequest request, Binding binding) {
  /**
   * How far a claim has come.
   *
   * @param volume the volume that it names; empty while there is none
   * @param complete whether both sides are bound
   * @param lost whether its volume was lost
   * @param deleting whether it is being deleted
   * @param selectedNode the node for which its volume is being made, or null
   */
  public record Binding(
      String volume,
      boolean complete,
      boolean lost,
      boolean deleting,
      @Nullable String selectedNode) {
    /** A claim that has just been made. */
    public static final Binding NONE = new Binding("", false, false, false, null);

    /** Bound to a volume. */
    public static Binding to(String volume) {
      return new Binding(volume, true, false, false, null);
    }
  }
}
