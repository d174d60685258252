package dev.windlass.daemon.cloud;

import dev.windlass.core.action.Action;
import dev.windlass.core.model.CloudFailure;
import dev.windlass.core.model.InstanceId;
import dev.windlass.core.model.NodeGroupName;
import dev.windlass.daemon.resource.NodeGroupDefinition;
import dev.windlass.daemon.resource.NodeGroupDefinition.ProviderReference;
import dev.windlass.engine.ActionOutcome;
import dev.windlass.provider.spi.CloudOutcome;
import dev.windlass.provider.spi.CloudProvider;
import dev.windlass.provider.spi.Deletion;
import dev.windlass.provider.spi.GroupReference;
import dev.windlass.provider.spi.Receipt;
import dev.windlass.provider.spi.ledger.GroupLedger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Buys and deletes machines, where the group's ledger allows it. The intent is journalled before
 * each call, the group is read anew after it, and a purchase that failed is observed by the next
 * decision.
 */
public final class CloudActionPort {
  private static final int ANY = -1;

  private final ProviderRegistry providers;
  private final Function<NodeGroupName, Optional<NodeGroupDefinition>> groups;
  private final CloudCache cache;
  private final OperationJournal journal;
  private final OpenOperations operations;

  /** A port to these clouds. */
  public CloudActionPort(
      ProviderRegistry providers,
      Function<NodeGroupName, Optional<NodeGroupDefinition>> groups,
      CloudCache cache,
      OperationJournal journal) {
    operations = new OpenOperations(providers, groups, cache, journal);
    this.providers = providers;
    this.groups = groups;
    this.cache = cache;
    this.journal = journal;
  }

  /** What clouds go on doing of what was asked here. */
  public OpenOperations operations() {
    return operations;
  }

  /** Asks for a larger group. */
  public ActionOutcome increase(Action.IncreaseGroup action) {
    OperationJournal.Intent intent =
        new OperationJournal.Intent(action.id(), action.from(), action.to());
    CloudProvider.Increase change =
        new CloudProvider.Increase(action.from(), action.to(), action.machines());
    ActionOutcome outcome =
        call(
            action,
            action.group(),
            intent,
            (ledger, now) -> ledger.objection(change, action.id(), now),
            (cloud, group) -> {
              CloudOutcome<Receipt> answer = cloud.increase(group, change, action.id());
              cache.ledger(group.name()).increased(change, action.id(), answer, cache.now());
              return answer.map(receipt -> reported(group.name(), receipt));
            });
    if (outcome instanceof ActionOutcome.Failed failed) {
      cache.report(action.group(), failed.failure());
    }
    return outcome;
  }

  /** Deletes a machine. */
  public ActionOutcome delete(Action.DeleteInstance action) {
    OperationJournal.Intent intent = new OperationJournal.Intent(action.id(), ANY, ANY);
    return call(
        action,
        action.group(),
        intent,
        (ledger, now) -> objection(ledger, action.instance(), now),
        (cloud, group) -> {
          CloudOutcome<Deletion> answer = cloud.delete(group, action.instance(), action.id());
          cache
              .ledger(group.name())
              .deleted(answer.map(fate -> Map.of(action.instance(), fate)), cache.now());
          return settled(answer);
        });
  }

  private static String objection(GroupLedger ledger, InstanceId machine, Instant now) {
    String general = ledger.objection(now);
    return general.isEmpty() && ledger.deletable(List.of(machine), now).isEmpty()
        ? "the machine is being deleted already"
        : general;
  }

  /** What could not be had of an increase is a purchase that failed. */
  private Receipt reported(NodeGroupName group, Receipt receipt) {
    receipt.failures().forEach(failure -> cache.report(group, failure));
    return receipt;
  }

  /** A machine that its cloud keeps or refused to delete is a failure of the action. */
  private static CloudOutcome<Deletion> settled(CloudOutcome<Deletion> outcome) {
    return switch (outcome) {
      case CloudOutcome.Done<Deletion>(Deletion.Failed failed) ->
          new CloudOutcome.Failed<>(failed.failure());
      case CloudOutcome.Done<Deletion>(Deletion.Kept kept) ->
          new CloudOutcome.Conflict<>("its cloud keeps the machine: " + kept.why());
      case CloudOutcome<Deletion> other -> other;
    };
  }

  private <T> ActionOutcome call(
      Action action,
      NodeGroupName name,
      OperationJournal.Intent intent,
      BiFunction<GroupLedger, Instant, String> objection,
      BiFunction<CloudProvider, GroupReference, CloudOutcome<T>> request) {
    NodeGroupDefinition definition = groups.apply(name).orElse(null);
    ProviderReference provider = definition == null ? null : definition.provider();
    GroupReference reference = definition == null ? null : definition.reference().orElse(null);
    if (definition == null || provider == null || reference == null) {
      return new ActionOutcome.Refused(action, "node group " + name + " has no cloud any more");
    }
    CloudProvider cloud = providers.provider(provider.kind()).orElse(null);
    if (cloud == null) {
      return failed(action, CloudFailure.Cause.CONFIG, "no provider " + provider.kind());
    }
    GroupLedger ledger = cache.ledger(name);
    if (ledger.belief(cache.now()).isEmpty()) {
      cache.refresh(definition);
    }
    String refusal = objection.apply(ledger, cache.now());
    if (refusal.isEmpty()) {
      refusal = journal.begin(name, intent);
    }
    if (!refusal.isEmpty()) {
      return new ActionOutcome.Refused(action, refusal);
    }
    CloudOutcome<T> outcome = request.apply(cloud, reference);
    cache.refresh(definition);
    return concluded(action, name, outcome);
  }

  private <T> ActionOutcome concluded(Action action, NodeGroupName name, CloudOutcome<T> outcome) {
    ActionOutcome result =
        switch (outcome) {
          case CloudOutcome.Done<T> _ -> new ActionOutcome.Applied(action);
          case CloudOutcome.Conflict<T> conflict ->
              new ActionOutcome.Refused(action, conflict.message());
          case CloudOutcome.Failed<T> failed -> new ActionOutcome.Failed(action, failed.failure());
          case CloudOutcome.Unknown<T> unknown ->
              failed(
                  action,
                  CloudFailure.Cause.TRANSIENT,
                  "no answer, it may have happened: " + unknown.message());
        };
    String handle = handle(outcome);
    if (!handle.isEmpty()) {
      operations.add(new OpenOperations.Open(name, action.id(), handle));
    } else if (!(outcome instanceof CloudOutcome.Unknown)) {
      journal.finish(name, action.id());
    }
    return result;
  }

  /** The cloud's name of what it goes on doing; empty when nothing is left to do. */
  private static <T> String handle(CloudOutcome<T> outcome) {
    return outcome instanceof CloudOutcome.Done<T> done && done.value() instanceof Receipt receipt
        ? receipt.handle()
        : "";
  }

  private static ActionOutcome failed(Action action, CloudFailure.Cause cause, String message) {
    return new ActionOutcome.Failed(action, new CloudFailure(cause, message));
  }
}
