package dev.windlass.daemon.decode;

import dev.windlass.core.model.Identity;
import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.model.OwnerReference;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The fields that every object has, read so that an absent or null one does no harm. */
final class Fields {
  private Fields() {}

  /** The object's metadata; an empty one if it has none. */
  static ObjectMeta metadata(HasMetadata object) {
    ObjectMeta metadata = object.getMetadata();
    return metadata == null ? new ObjectMeta() : metadata;
  }

  /** Namespace and name; the namespace {@code default} where none is given. */
  static ObjectKey key(ObjectMeta metadata) {
    String namespace = text(metadata.getNamespace());
    return new ObjectKey(namespace.isEmpty() ? "default" : namespace, text(metadata.getName()));
  }

  static Identity identity(ObjectMeta metadata) {
    return new Identity(text(metadata.getUid()), text(metadata.getResourceVersion()));
  }

  static String text(@Nullable String value) {
    return value == null ? "" : value;
  }

  static int number(@Nullable Integer value, int absent) {
    return value == null ? absent : value;
  }

  /** The list without nulls; an empty one where there is none. */
  static <T> List<T> list(@Nullable List<T> values) {
    return values == null ? List.of() : values.stream().filter(Objects::nonNull).toList();
  }

  /** The map with a null value as the empty string, as the API server reads it. */
  static Map<String, String> map(@Nullable Map<String, String> values) {
    if (values == null || values.isEmpty()) {
      return Map.of();
    }
    Map<String, String> filled = HashMap.newHashMap(values.size());
    values.forEach((key, value) -> filled.put(text(key), text(value)));
    return Map.copyOf(filled);
  }

  /** Those entries whose keys are wanted. */
  static Map<String, String> only(Set<String> wanted, @Nullable Map<String, String> values) {
    if (values == null || values.isEmpty()) {
      return Map.of();
    }
    Map<String, String> kept = new HashMap<>();
    for (String key : wanted) {
      if (values.containsKey(key)) {
        kept.put(key, text(values.get(key)));
      }
    }
    return Map.copyOf(kept);
  }

  /** A point in time; null where there is none or it is no time, which is a problem. */
  static @Nullable Instant time(String field, @Nullable String value, Problems problems) {
    if (value == null || value.isEmpty()) {
      return null;
    }
    try {
      return OffsetDateTime.parse(value).toInstant();
    } catch (DateTimeParseException _) {
      problems.add(field, value, "a time such as 2026-01-01T00:00:00Z");
      return null;
    }
  }

  /**
   * When the object was created; the epoch in a dump that doesn't say, so that it counts as old.
   */
  static Instant createdAt(ObjectMeta metadata, Problems problems) {
    Instant created = time("metadata.creationTimestamp", metadata.getCreationTimestamp(), problems);
    return created == null ? Instant.EPOCH : created;
  }

  /** The owner whose {@code controller} is true, or null. */
  static @Nullable OwnerReference controller(ObjectMeta metadata) {
    for (io.fabric8.kubernetes.api.model.OwnerReference owner :
        list(metadata.getOwnerReferences())) {
      if (Boolean.TRUE.equals(owner.getController())) {
        String version = text(owner.getApiVersion());
        int slash = version.indexOf('/');
        return new OwnerReference(
            slash < 0 ? "" : version.substring(0, slash),
            text(owner.getKind()),
            text(owner.getName()),
            text(owner.getUid()));
      }
    }
    return null;
  }
}
