package dev.windlass.daemon.cloud;

import dev.windlass.core.model.NodeGroupName;
import dev.windlass.core.model.OperationId;
import dev.windlass.daemon.resource.NodeGroupDefinition;
import dev.windlass.daemon.resource.NodeGroupDefinition.ProviderReference;
import dev.windlass.provider.spi.CloudOutcome;
import dev.windlass.provider.spi.GroupReference;
import dev.windlass.provider.spi.Operations;
import dev.windlass.provider.spi.Progress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * What clouds go on doing after they have answered. Each is asked about until it has ended; the one
 * that failed is a failed purchase of its group. The journal keeps the handles for the next
 * process.
 */
public final class OpenOperations {
  private final ProviderRegistry providers;
  private final Function<NodeGroupName, Optional<NodeGroupDefinition>> groups;
  private final CloudCache cache;
  private final OperationJournal journal;
  private final Map<OperationId, Open> open = new ConcurrentHashMap<>();

  /** Nothing is under way. */
  public OpenOperations(
      ProviderRegistry providers,
      Function<NodeGroupName, Optional<NodeGroupDefinition>> groups,
      CloudCache cache,
      OperationJournal journal) {
    this.providers = providers;
    this.groups = groups;
    this.cache = cache;
    this.journal = journal;
  }

  /**
   * An operation that a cloud took.
   *
   * @param group the group that it concerns
   * @param operation whose effect it is
   * @param handle the cloud's name of it
   */
  public record Open(NodeGroupName group, OperationId operation, String handle) {}

  /** Asks about an operation from now on, also in the next process. */
  void add(Open operation) {
    journal.accepted(operation.group(), operation.operation(), operation.handle());
    open.put(operation.operation(), operation);
  }

  /** Goes on with what an earlier process has begun. */
  public void resume(List<Open> operations) {
    operations.forEach(each -> open.putIfAbsent(each.operation(), each));
  }

  /** Asks about each once. */
  public void poll() {
    open.values().forEach(this::poll);
  }

  private void poll(Open operation) {
    Optional<NodeGroupDefinition> definition = groups.apply(operation.group());
    Optional<ProviderReference> provider = definition.map(NodeGroupDefinition::provider);
    Optional<GroupReference> group = definition.flatMap(NodeGroupDefinition::reference);
    if (provider.isEmpty() || group.isEmpty()) {
      open.remove(operation.operation());
      return;
    }
    providers
        .provider(provider.get().kind())
        .flatMap(cloud ->
            cloud.ask(
                Operations.class,
                group.get().region(),
                able -> able.poll(group.get(), operation.handle())))
        .ifPresent(answer -> settle(operation, answer));
  }

  private void settle(Open operation, CloudOutcome<Progress> answer) {
    if (!(answer instanceof CloudOutcome.Done<Progress>(Progress progress))) {
      return;
    }
    switch (progress) {
      case Progress.Running _ -> {
        // Asked again the next time.
      }
      case Progress.Failed failed -> {
        cache.report(operation.group(), failed.failure());
        end(operation);
      }
      case Progress.Succeeded _, Progress.Forgotten _ -> end(operation);
    }
  }

  private void end(Open operation) {
    open.remove(operation.operation());
    journal.finish(operation.group(), operation.operation());
  }
}
