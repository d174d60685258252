package dev.windlass.provider.spi;

import dev.windlass.core.model.NodeGroupName;
import java.time.Instant;
import java.util.Map;

/**
 * What one reading of a cloud brought.
 *
 * @param generation larger than that of every earlier reading of the same provider
 * @param at when it was begun
 * @param groups every group that was asked for: what was seen, or why it could not be read whole
 */
public record Observation(
    long generation, Instant at, Map<NodeGroupName, CloudOutcome<GroupView>> groups) {
  public Observation {
    groups = Map.copyOf(groups);
  }

  /** How much of what was asked for was read. */
  public Completeness completeness() {
    long read = groups.values().stream().filter(CloudOutcome.Done.class::isInstance).count();
    return read == groups.size()
        ? Completeness.COMPLETE
        : read == 0 ? Completeness.NONE : Completeness.PARTIAL;
  }

  /** How much of a reading came. */
  public enum Completeness {
    COMPLETE,
    PARTIAL,
    NONE
  }
}
