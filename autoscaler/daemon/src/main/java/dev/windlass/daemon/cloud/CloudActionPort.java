package dev.windlass.daemon.cloud;

import dev.windlass.core.action.Action;
import dev.windlass.core.model.CloudFailure;
import dev.windlass.core.model.InstanceId;
import dev.windlass.core.model.NodeGroupName;
import dev.windlass.core.model.OperationId;
import dev.windlass.daemon.resource.NodeGroupDefinition;
import dev.windlass.daemon.resource.NodeGroupDefinition.ProviderReference;
import dev.windlass.engine.ActionOutcome;
import dev.windlass.provider.spi.CloudOutcome;
import dev.windlass.provider.spi.CloudProvider;
import dev.windlass.provider.spi.Deletion;
import dev.windlass.provider.spi.GroupReference;
import dev.windlass.provider.spi.Receipt;
import dev.windlass.provider.spi.ledger.GroupLedger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
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
    return switch (access(action.group())) {
      case Access.None none -> none.outcome().apply(action);
      case Access.Granted granted -> increase(action, granted);
    };
  }

  private ActionOutcome increase(Action.IncreaseGroup action, Access.Granted group) {
    CloudProvider.Increase change =
        new CloudProvider.Increase(action.from(), action.to(), action.machines());
    String refusal = group.ledger().objection(change, action.id(), cache.now());
    if (refusal.isEmpty()) {
      refusal =
          journal.begin(
              action.group(), new OperationJournal.Intent(action.id(), action.from(), action.to()));
    }
    if (!refusal.isEmpty()) {
      return new ActionOutcome.Refused(action, refusal);
    }
    CloudOutcome<Receipt> answer = group.cloud().increase(group.reference(), change, action.id());
    cache.increased(action.group(), change, action.id(), answer);
    settle(action, answer);
    cache.refresh(group.definition());
    return outcome(action, answer);
  }

  /** Reports what could not be had, and keeps the intent of what has not ended. */
  private void settle(Action.IncreaseGroup action, CloudOutcome<Receipt> answer) {
    switch (answer) {
      case CloudOutcome.Done<Receipt>(Receipt receipt) -> {
        receipt.failures().forEach(failure -> cache.report(action.group(), failure));
        if (receipt.handle().isEmpty()) {
          journal.finish(action.group(), action.id());
        } else {
          operations.add(new OpenOperations.Open(action.group(), action.id(), receipt.handle()));
        }
      }
      case CloudOutcome.Conflict<Receipt> _ -> journal.finish(action.group(), action.id());
      case CloudOutcome.Failed<Receipt> failed -> {
        cache.report(action.group(), failed.failure());
        journal.finish(action.group(), action.id());
      }
      case CloudOutcome.Unknown<Receipt> unknown ->
          cache.report(action.group(), unanswered(unknown.message()));
    }
  }

  /**
   * Deletes machines of one group with one call of its cloud, which counts calls and not machines.
   *
   * @return the outcome of each, in the same order
   */
  public List<ActionOutcome> delete(List<Action.DeleteInstance> actions) {
    return switch (access(actions.getFirst().group())) {
      case Access.None none -> actions.stream().map(none.outcome()).toList();
      case Access.Granted granted -> delete(actions, granted);
    };
  }

  private List<ActionOutcome> delete(List<Action.DeleteInstance> actions, Access.Granted group) {
    Map<InstanceId, ActionOutcome> outcomes = new HashMap<>();
    List<Action.DeleteInstance> allowed = new ArrayList<>();
    for (Action.DeleteInstance each : actions) {
      String objection = objection(group.ledger(), each.instance(), cache.now());
      if (objection.isEmpty()) {
        allowed.add(each);
      } else {
        outcomes.put(each.instance(), new ActionOutcome.Refused(each, objection));
      }
    }
    if (!allowed.isEmpty()) {
      CloudOutcome<Map<InstanceId, Deletion>> answer = send(allowed, group);
      for (Action.DeleteInstance each : allowed) {
        outcomes.put(each.instance(), outcome(each, fate(answer, each.instance())));
      }
    }
    return actions.stream().map(each -> outcomes.get(each.instance())).toList();
  }

  private CloudOutcome<Map<InstanceId, Deletion>> send(
      List<Action.DeleteInstance> allowed, Access.Granted group) {
    NodeGroupName name = group.reference().name();
    OperationId operation = together(allowed);
    String refusal = journal.begin(name, new OperationJournal.Intent(operation, ANY, ANY));
    if (!refusal.isEmpty()) {
      return new CloudOutcome.Conflict<>(refusal);
    }
    CloudOutcome<Map<InstanceId, Deletion>> answer =
        group
            .cloud()
            .delete(
                group.reference(),
                allowed.stream().map(Action.DeleteInstance::instance).toList(),
                operation);
    group.ledger().deleted(answer, cache.now());
    cache.refresh(group.definition());
    if (!(answer instanceof CloudOutcome.Unknown)) {
      journal.finish(name, operation);
    }
    return answer;
  }

  /** The same for the same machines. */
  private static OperationId together(List<Action.DeleteInstance> actions) {
    List<String> ids = actions.stream().map(each -> each.id().value()).sorted().toList();
    return ids.size() == 1
        ? actions.getFirst().id()
        : new OperationId(
            "delete:"
                + ids.size()
                + ":"
                + UUID.nameUUIDFromBytes(String.join(" ", ids).getBytes(StandardCharsets.UTF_8)));
  }

  private static String objection(GroupLedger ledger, InstanceId machine, Instant now) {
    String general = ledger.objection(now);
    return general.isEmpty() && ledger.deletable(List.of(machine), now).isEmpty()
        ? "the machine is being deleted already"
        : general;
  }

  /** A machine that its cloud keeps or refused to delete is a failure of its action. */
  private static CloudOutcome<Deletion> fate(
      CloudOutcome<Map<InstanceId, Deletion>> answer, InstanceId machine) {
    CloudOutcome<Deletion> own =
        answer.map(fates -> fates.getOrDefault(machine, new Deletion.Gone()));
    return switch (own) {
      case CloudOutcome.Done<Deletion>(Deletion.Failed failed) ->
          new CloudOutcome.Failed<>(failed.failure());
      case CloudOutcome.Done<Deletion>(Deletion.Kept kept) ->
          new CloudOutcome.Conflict<>("its cloud keeps the machine: " + kept.why());
      case CloudOutcome<Deletion> other -> other;
    };
  }

  /** Where the calls of a group go, or what becomes of every action on it. */
  private sealed interface Access {
    record Granted(
        NodeGroupDefinition definition,
        GroupReference reference,
        CloudProvider cloud,
        GroupLedger ledger)
        implements Access {}

    record None(Function<Action, ActionOutcome> outcome) implements Access {}
  }

  private Access access(NodeGroupName name) {
    NodeGroupDefinition definition = groups.apply(name).orElse(null);
    ProviderReference provider = definition == null ? null : definition.provider();
    GroupReference reference = definition == null ? null : definition.reference().orElse(null);
    if (definition == null || provider == null || reference == null) {
      return new Access.None(action ->
          new ActionOutcome.Refused(action, "node group " + name + " has no cloud any more"));
    }
    CloudProvider cloud = providers.provider(provider.kind()).orElse(null);
    if (cloud == null) {
      return new Access.None(action ->
          new ActionOutcome.Failed(
              action,
              new CloudFailure(CloudFailure.Cause.CONFIG, "no provider " + provider.kind())));
    }
    GroupLedger ledger = cache.ledger(name);
    if (ledger.belief(cache.now()).isEmpty()) {
      cache.refresh(definition);
    }
    return new Access.Granted(definition, reference, cloud, ledger);
  }

  private static <T> ActionOutcome outcome(Action action, CloudOutcome<T> answer) {
    return switch (answer) {
      case CloudOutcome.Done<T> _ -> new ActionOutcome.Applied(action);
      case CloudOutcome.Conflict<T> conflict ->
          new ActionOutcome.Refused(action, conflict.message());
      case CloudOutcome.Failed<T> failed -> new ActionOutcome.Failed(action, failed.failure());
      case CloudOutcome.Unknown<T> unknown ->
          new ActionOutcome.Failed(action, unanswered(unknown.message()));
    };
  }

  private static CloudFailure unanswered(String message) {
    return new CloudFailure(
        CloudFailure.Cause.TRANSIENT, "no answer, it may have happened: " + message);
  }
}
