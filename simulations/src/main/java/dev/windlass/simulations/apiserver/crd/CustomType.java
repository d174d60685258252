package dev.windlass.simulations.apiserver.crd;

import dev.windlass.simulations.apiserver.model.FieldPath;
import dev.windlass.simulations.apiserver.model.ResourceType;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One served version of a definition: its type, its schema, and where its scale stands. */
public record CustomType(ResourceType type, Schema schema, @Nullable ScalePaths scale) {
  /** Fields of the scale subresource; the selector may be absent. */
  public record ScalePaths(
      FieldPath specReplicas, FieldPath statusReplicas, @Nullable FieldPath selector) {}

  public Optional<ScalePaths> scalePaths() {
    return Optional.ofNullable(scale);
  }
}
