package dev.windlass.core.model;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * The taint that keeps new pods off a node that will go. Its value is the Unix time in seconds at
 * which the removal began, as in Cluster Autoscaler's, so that a restart forgets no deadline.
 */
public final class RemovalTaint {
  private RemovalTaint() {}

  public static Taint of(Instant since) {
    return new Taint(
        Keys.DISRUPTED, Long.toString(since.getEpochSecond()), Taint.Effect.NO_SCHEDULE);
  }

  /** When the node's removal began; empty when it has not, or nobody wrote when. */
  public static Optional<Instant> since(Node node) {
    return node.spec().taints().stream()
        .filter(taint -> taint.key().equals(Keys.DISRUPTED))
        .findFirst()
        .flatMap(taint -> time(taint.value()));
  }

  private static Optional<Instant> time(String seconds) {
    try {
      return Optional.of(Instant.ofEpochSecond(Long.parseLong(seconds)));
    } catch (NumberFormatException | DateTimeException malformed) {
      return Optional.empty();
    }
  }
}
