package dev.windlass.core.model;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A pod's metadata.
 *
 * @param identity uid and version
 * @param labels its labels
 * @param annotations those annotations that Windlass reads
 * @param controller its controlling owner, or null
 * @param createdAt when it was created
 * @param deletedAt when its deletion ends ({@code deletionTimestamp}), or null
 */
public record PodMetadata(
    Identity identity,
    Map<String, String> labels,
    Map<String, String> annotations,
    @Nullable OwnerReference controller,
    Instant createdAt,
    @Nullable Instant deletedAt) {
  public PodMetadata {
    labels = Map.copyOf(labels);
    annotations = Map.copyOf(annotations);
  }
}
