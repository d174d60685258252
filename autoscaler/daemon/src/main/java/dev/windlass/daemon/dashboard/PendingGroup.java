package dev.windlass.daemon.dashboard;

import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.scaleup.UnhelpedRule;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Pending pods that are alike: one row of the page.
 *
 * @param kind what makes them alike
 * @param because the reason that counts
 * @param pods their names, oldest first
 * @param since when the oldest was created, or null for pods that don't exist yet
 */
record PendingGroup(Kind kind, Because because, List<ObjectKey> pods, @Nullable Instant since) {
  PendingGroup {
    pods = List.copyOf(pods);
  }

  /**
   * What makes pods alike.
   *
   * @param owner who created them
   * @param requests what each asks for
   * @param outcome what they wait for
   * @param rule the rule that counts
   */
  record Kind(Owner owner, String requests, UnhelpedRule.Outcome outcome, String rule) {
    /** The same for the same kind in every decision, so that a row stays the same row. */
    String key() {
      byte[] bytes = toString().getBytes(StandardCharsets.UTF_8);
      return UUID.nameUUIDFromBytes(bytes).toString().substring(0, 13);
    }
  }

  /** Who created the pods; {@code name} is {@code NAMESPACE/NAME}. */
  record Owner(String kind, String name) {}

  /**
   * The reason that counts.
   *
   * @param message one sentence
   * @param nextTry when it is tried again, or null
   * @param nearest the group that needs least of a change, or null
   */
  record Because(String message, @Nullable Instant nextTry, @Nullable String nearest) {}
}
