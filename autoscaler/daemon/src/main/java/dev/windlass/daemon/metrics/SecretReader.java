package dev.windlass.daemon.metrics;

import dev.windlass.core.model.ObjectKey;
import java.util.Map;
import java.util.Optional;

/** Reads Secrets that the daemon was given the right to read. */
@FunctionalInterface
public interface SecretReader {
  /** The Secret's values as texts; empty when it is absent or not granted. */
  Optional<Map<String, String>> read(ObjectKey secret);
}
