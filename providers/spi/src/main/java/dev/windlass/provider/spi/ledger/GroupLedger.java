package dev.windlass.provider.spi.ledger;

import dev.windlass.core.model.InstanceId;
import dev.windlass.core.model.NodeGroupName;
import dev.windlass.core.model.OperationId;
import dev.windlass.provider.spi.CloudOutcome;
import dev.windlass.provider.spi.CloudProvider.Increase;
import dev.windlass.provider.spi.Deletion;
import dev.windlass.provider.spi.GroupView;
import dev.windlass.provider.spi.Receipt;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One group's readings and changes, folded into what may be believed of it and what may be asked
 * for next. It reads no clock and calls nobody; a reading or an answer that comes late finds its
 * place by the time it was begun at. Thread-safe.
 *
 * <p>A reading that failed changes nothing but the age. Nothing is bought from a target that was
 * not read, is too old, or was changed since. A call without an answer is settled by reading; until
 * then only the same operation may be asked for again.
 */
public final class GroupLedger {
  private final NodeGroupName group;
  private final LedgerRules rules;
  private final Roster roster;
  private @Nullable GroupView read;
  private int target;
  private Instant readAt = Instant.MIN;
  private Instant triedAt = Instant.MIN;
  private Instant changedAt = Instant.MIN;
  private String trouble = "";
  private boolean doubted;
  private boolean mustRead;
  private @Nullable Unsettled unsettled;

  private record Unsettled(OperationId operation, int from, Instant at) {}

  /** A ledger without an entry. */
  public GroupLedger(NodeGroupName group, LedgerRules rules) {
    this.group = group;
    this.rules = rules;
    this.roster = new Roster(rules);
  }

  /**
   * Notes what a reading brought. One that was begun before the last change was answered, or before
   * another that was noted already, says nothing new and is left out.
   */
  public synchronized void read(CloudOutcome<GroupView> reading, Instant begun) {
    switch (reading) {
      case CloudOutcome.Done<GroupView> done -> {
        if (!begun.isBefore(changedAt) && !begun.isBefore(triedAt)) {
          accept(done.value(), begun);
        }
      }
      case CloudOutcome.Conflict<GroupView> conflict -> trouble = conflict.message();
      case CloudOutcome.Failed<GroupView> failed -> trouble = failed.failure().message();
      case CloudOutcome.Unknown<GroupView> unknown -> trouble = unknown.message();
    }
  }

  private void accept(GroupView view, Instant begun) {
    triedAt = begun;
    doubted = !roster.accept(view.instances(), begun);
    if (doubted) {
      trouble = "most machines are missing from the last reading; another must say so too";
      return;
    }
    read = view;
    target = view.target();
    readAt = begun;
    trouble = "";
    mustRead = false;
    if (unsettled != null
        && (view.target() != unsettled.from
            || begun.isAfter(unsettled.at.plus(rules.settling())))) {
      unsettled = null;
    }
  }

  /** Notes what came of an increase. */
  public synchronized void increased(
      Increase change, OperationId operation, CloudOutcome<Receipt> outcome, Instant answered) {
    switch (outcome) {
      case CloudOutcome.Done<Receipt> done -> {
        Receipt receipt = done.value();
        target = receipt.target();
        changedAt = answered;
        mustRead |= unsettled != null;
        unsettled = null;
        roster.expect(Launched.of(group, change, receipt.launched(), answered));
      }
      case CloudOutcome.Conflict<Receipt> _ -> mustRead = true;
      case CloudOutcome.Failed<Receipt> _ -> {
        // Nothing was changed.
      }
      case CloudOutcome.Unknown<Receipt> _ -> {
        unsettled = new Unsettled(operation, change.from(), answered);
        changedAt = answered;
        mustRead = true;
      }
    }
  }

  /** Notes what came of a deletion. What is left of the target is read, not reckoned. */
  public synchronized void deleted(
      CloudOutcome<Map<InstanceId, Deletion>> outcome, Instant answered) {
    changedAt = answered;
    mustRead = true;
    if (outcome instanceof CloudOutcome.Done<Map<InstanceId, Deletion>>(var fates)) {
      fates.forEach((id, fate) -> {
        if (isLeaving(fate)) {
          roster.leave(id, answered);
        }
      });
    }
  }

  private static boolean isLeaving(Deletion fate) {
    return switch (fate) {
      case Deletion.Accepted _, Deletion.AlreadyDeleting _, Deletion.Gone _ -> true;
      case Deletion.Kept _, Deletion.Failed _ -> false;
    };
  }

  /** What may be believed; empty while the group was never read. */
  public synchronized Optional<Belief> belief(Instant now) {
    return Optional.ofNullable(read)
        .map(view ->
            new Belief(
                new GroupView(
                    target, view.limits(), roster.machines(now), List.of(), view.remarks()),
                readAt,
                isStale(now),
                trouble,
                roster.gone()));
  }

  /** Why nothing of the group may be changed now; empty when it may. */
  public synchronized String objection(Instant now) {
    if (read == null) {
      return "the group was never read" + because();
    }
    if (isStale(now)) {
      return "the group was last read at " + readAt + because();
    }
    return doubted ? trouble : "";
  }

  /** Why this increase may not be asked for now; empty when it may. */
  public synchronized String objection(Increase change, OperationId operation, Instant now) {
    String general = objection(now);
    if (!general.isEmpty()) {
      return general;
    }
    if (unsettled != null) {
      return unsettled.operation.equals(operation)
          ? ""
          : "operation " + unsettled.operation + " was not answered and may still happen";
    }
    if (mustRead) {
      return "the group was not read since it was changed";
    }
    return change.from() == target ? "" : "the target is " + target + ", not " + change.from();
  }

  /** Which of these machines are worth asking to be deleted: those that are not leaving already. */
  public synchronized List<InstanceId> deletable(List<InstanceId> machines, Instant now) {
    return objection(now).isEmpty()
        ? machines.stream().filter(id -> !roster.isLeaving(id)).toList()
        : List.of();
  }

  private boolean isStale(Instant now) {
    return readAt.plus(rules.fresh()).isBefore(now);
  }

  private String because() {
    return trouble.isEmpty() ? "" : ": " + trouble;
  }
}
