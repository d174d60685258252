package dev.windlass.core.volumes;

import dev.windlass.core.model.ClaimRequest;
import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.model.PersistentVolume;
import dev.windlass.core.model.StorageClass;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A claim that waits for its first pod. Two are equal when no node tells them apart; the name is
 * for messages.
 *
 * @param name its name
 * @param request what it asks for
 * @param storageClass its storage class
 * @param candidates volumes made beforehand that it may get: only those kept for it, when there are
 *     some
 * @param selectedNode the node for which its volume is being made, or null
 * @param shared its key when other pods name it, too, else null
 */
public record UnboundClaim(
    String name,
    ClaimRequest request,
    StorageClass storageClass,
    Candidates candidates,
    @Nullable String selectedNode,
    @Nullable ObjectKey shared) {
  /**
   * Volumes that were made beforehand.
   *
   * @param kept kept for this claim
   * @param free free for any claim that they suit
   */
  public record Candidates(List<PersistentVolume> kept, List<PersistentVolume> free) {
    public Candidates {
      kept = List.copyOf(kept);
      free = List.copyOf(free);
    }

    boolean isEmpty() {
      return kept.isEmpty() && free.isEmpty();
    }
  }

  /** Whether another pod may take what this claim could have. */
  boolean contested() {
    return shared != null || !candidates.isEmpty();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof UnboundClaim claim
        && request.equals(claim.request)
        && storageClass.equals(claim.storageClass)
        && candidates.equals(claim.candidates)
        && Objects.equals(selectedNode, claim.selectedNode)
        && Objects.equals(shared, claim.shared);
  }

  @Override
  public int hashCode() {
    return Objects.hash(request, storageClass, selectedNode, shared);
  }
}
