package dev.windlass.core.scaledown;

import dev.windlass.core.action.Action;
import dev.windlass.core.model.Keys;
import dev.windlass.core.model.Node;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Lets others finish on a drained node: while an annotation asks for it, its machine stays, for two
 * minutes at most.
 *
 * <p>Source: Cluster Autoscaler's node deletion delay and its default. When the node was drained is
 * noted on it, so that a restart does not begin anew.
 */
final class DeletionDelay {
  static final Duration LONGEST = Duration.ofMinutes(2);

  private final Instant now;

  DeletionDelay(Instant now) {
    this.now = now;
  }

  /** Whether a drained node's machine stays; adds the note where it is missing. */
  boolean isDelayed(Node node, List<Action> steps) {
    boolean asked =
        node.annotations().keySet().stream().anyMatch(key -> key.startsWith(Keys.DELAY_DELETION));
    if (!asked) {
      return false;
    }
    Instant since = drainedSince(node);
    if (since.isAfter(now)) {
      steps.add(
          new Action.AnnotateNode(
              node.name(),
              node.identity(),
              new TreeMap<>(Map.of(Keys.DRAINED_SINCE, now.toString()))));
      return true;
    }
    return now.isBefore(since.plus(LONGEST));
  }

  /** In the future where nothing that can be read is noted. */
  private static Instant drainedSince(Node node) {
    try {
      return Instant.parse(node.annotations().getOrDefault(Keys.DRAINED_SINCE, ""));
    } catch (DateTimeParseException malformed) {
      return Instant.MAX;
    }
  }
}
