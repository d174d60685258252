package dev.windlass.provider.spi.ledger;

import dev.windlass.core.model.InstanceId;
import dev.windlass.provider.spi.GroupView;
import java.time.Instant;
import java.util.Set;

/**
 * What may be believed of a group.
 *
 * @param view the group: machines that were launched and do not show yet, and machines that were
 *     missing from one reading only, are among its machines; without failures, which belong to the
 *     reading that brought them
 * @param at when the reading was begun that this rests on
 * @param stale whether that is too long ago to change anything
 * @param trouble why the last reading brought nothing; empty when it did
 * @param gone machines that are known to have gone in the last minutes
 */
public record Belief(
    GroupView view, Instant at, boolean stale, String trouble, Set<InstanceId> gone) {
  public Belief {
    gone = Set.copyOf(gone);
  }
}
