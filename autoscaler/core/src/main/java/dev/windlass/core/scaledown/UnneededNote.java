package dev.windlass.core.scaledown;

import dev.windlass.core.action.Action;
import dev.windlass.core.model.Keys;
import dev.windlass.core.model.Node;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Since when a node has been unneeded, as it is written on the node so that a restart keeps it. */
final class UnneededNote {
  private UnneededNote() {}

  /** What is written; nothing when it can't be read, which starts the timer anew. */
  static Optional<Instant> read(Node node) {
    String written = node.annotations().get(Keys.UNNEEDED_SINCE);
    if (written == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(Instant.parse(written));
    } catch (DateTimeParseException malformed) {
      return Optional.empty();
    }
  }

  /** The patch that makes it say this; null removes it. */
  static Optional<Action> update(Node node, @Nullable Instant since) {
    boolean written = node.annotations().containsKey(Keys.UNNEEDED_SINCE);
    if (since == null ? !written : read(node).isPresent()) {
      return Optional.empty();
    }
    String value = since == null ? "" : since.toString();
    return Optional.of(
        new Action.AnnotateNode(
            node.name(), node.identity(), new TreeMap<>(Map.of(Keys.UNNEEDED_SINCE, value))));
  }
}
