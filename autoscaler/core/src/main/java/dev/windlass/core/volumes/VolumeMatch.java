package dev.windlass.core.volumes;

import dev.windlass.core.model.ClaimRequest;
import dev.windlass.core.model.PersistentVolume;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds the volume, made beforehand, that a claim gets on a node: the first that is kept for it,
 * else the smallest that suits it.
 *
 * <p>Source: Kubernetes 1.36, {@code FindMatchingVolume} of the volume binder.
 */
final class VolumeMatch {
  private VolumeMatch() {}

  /**
   * The volume, or null when the node has none for the claim.
   *
   * @param labels the node's labels
   * @param free whether nobody has taken a volume yet
   */
  static @Nullable PersistentVolume find(
      UnboundClaim claim, Map<String, String> labels, Predicate<String> free) {
    for (PersistentVolume kept : claim.candidates().kept()) {
      if (free.test(kept.name()) && isLikeAsked(claim.request(), kept)) {
        return NodeLabels.satisfy(kept.reach().affinity(), labels) ? kept : null;
      }
    }
    PersistentVolume smallest = null;
    for (PersistentVolume volume : claim.candidates().free()) {
      boolean smaller = smallest == null || bytes(volume) < bytes(smallest);
      if (smaller && suits(claim.request(), volume) && free.test(volume.name())) {
        smallest = NodeLabels.satisfy(volume.reach().affinity(), labels) ? volume : smallest;
      }
    }
    return smallest;
  }

  private static boolean suits(ClaimRequest request, PersistentVolume volume) {
    return isLikeAsked(request, volume)
        && (request.selector() == null || request.selector().matches(volume.labels()))
        && volume.offer().terms().accessModes().containsAll(request.accessModes());
  }

  private static boolean isLikeAsked(ClaimRequest request, PersistentVolume volume) {
    ClaimRequest offer = volume.offer().terms();
    return bytes(volume) >= Objects.requireNonNullElse(request.bytes(), 0L)
        && offer.block() == request.block()
        && offer.attributesClass().equals(request.attributesClass());
  }

  private static long bytes(PersistentVolume volume) {
    return Objects.requireNonNullElse(volume.offer().terms().bytes(), 0L);
  }
}
