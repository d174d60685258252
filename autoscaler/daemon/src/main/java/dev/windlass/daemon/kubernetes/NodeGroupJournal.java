package dev.windlass.daemon.kubernetes;

import dev.windlass.core.model.NodeGroupName;
import dev.windlass.core.model.OperationId;
import dev.windlass.daemon.cloud.OpenOperations;
import dev.windlass.daemon.cloud.OperationJournal;
import dev.windlass.daemon.resource.NodeGroupResource;
import dev.windlass.daemon.resource.NodeGroupStatus;
import dev.windlass.daemon.resource.NodeGroupStatus.Operation;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The intents of cloud calls in the status of their NodeGroup, and the lease's transitions of the
 * last leader that wrote there. The number stays when the intents are gone: a write under a smaller
 * one fails, and so does one to a status that changed in between.
 */
public final class NodeGroupJournal implements OperationJournal {
  private static final int MAX_TRIES = 4;
  private static final int MAX_OPERATIONS = 16;
  private static final int NONE = -1;

  private final KubernetesClient client;
  private final IntSupplier leaderTransitions;
  private final InstantSource clock;

  /** What has ended and is still written: the next write of its group leaves it out. */
  private final Map<NodeGroupName, Set<String>> ended = new ConcurrentHashMap<>();

  /**
   * A journal.
   *
   * @param leaderTransitions of the lease that is held now; negative when there is no lease, and
   *     then nothing is fenced
   */
  public NodeGroupJournal(
      KubernetesClient client, IntSupplier leaderTransitions, InstantSource clock) {
    this.client = client;
    this.leaderTransitions = leaderTransitions;
    this.clock = clock;
  }

  @Override
  public String begin(NodeGroupName group, Intent intent) {
    int transitions = leaderTransitions.getAsInt();
    return change(group, status -> withIntent(fenced(status, transitions), intent, transitions));
  }

  @Override
  public void accepted(NodeGroupName group, OperationId operation, String handle) {
    change(
        group,
        status ->
            status.withOperations(
                status.operations().stream()
                    .map(each ->
                        each.id().equals(operation.value()) ? each.withHandle(handle) : each)
                    .toList()));
  }

  /** What clouds were still doing when it was last written. */
  public List<OpenOperations.Open> open() {
    List<OpenOperations.Open> open = new ArrayList<>();
    for (NodeGroupResource group : client.resources(NodeGroupResource.class).list().getItems()) {
      NodeGroupStatus status = group.getStatus();
      for (Operation each : status == null ? List.<Operation>of() : status.operations()) {
        if (each.handle() != null) {
          open.add(
              new OpenOperations.Open(
                  new NodeGroupName(group.getMetadata().getName()),
                  new OperationId(each.id()),
                  each.handle()));
        }
      }
    }
    return open;
  }

  @Override
  public void finish(NodeGroupName group, OperationId operation) {
    ended.computeIfAbsent(group, _ -> ConcurrentHashMap.newKeySet()).add(operation.value());
  }

  @Override
  public void tidy() {
    ended.keySet().forEach(group -> change(group, status -> status));
  }

  /**
   * Writes this leader's number into every group, after which no earlier leader can begin, and
   * removes the intents of which no cloud knows: what came of them is read from the groups.
   */
  public void takeOver() {
    int transitions = leaderTransitions.getAsInt();
    for (NodeGroupResource group : client.resources(NodeGroupResource.class).list().getItems()) {
      change(
          new NodeGroupName(group.getMetadata().getName()),
          status -> withHandles(fenced(status, transitions)));
    }
  }

  /** The largest number that any group holds; negative when none does. */
  public int highest() {
    return client.resources(NodeGroupResource.class).list().getItems().stream()
        .map(NodeGroupResource::getStatus)
        .mapToInt(status -> status == null ? NONE : fence(status))
        .max()
        .orElse(NONE);
  }

  private static NodeGroupStatus fenced(NodeGroupStatus status, int transitions) {
    if (transitions < 0) {
      return status;
    }
    if (fence(status) > transitions) {
      throw new DeposedException();
    }
    return status.withLeaderTransitions(transitions);
  }

  private static NodeGroupStatus withHandles(NodeGroupStatus status) {
    return status.withOperations(
        status.operations().stream().filter(each -> each.handle() != null).toList());
  }

  private static int fence(NodeGroupStatus status) {
    int highest = status.leaderTransitions() == null ? NONE : status.leaderTransitions();
    for (Operation each : status.operations()) {
      highest =
          Math.max(highest, each.leaderTransitions() == null ? NONE : each.leaderTransitions());
    }
    return highest;
  }

  private NodeGroupStatus withIntent(NodeGroupStatus status, Intent intent, int transitions) {
    List<Operation> next =
        new ArrayList<>(without(status.operations(), Set.of(intent.operation().value())));
    next.add(
        new Operation(
            intent.operation().value(),
            intent.from() < 0 ? null : intent.from(),
            intent.to() < 0 ? null : intent.to(),
            clock.instant().toString(),
            transitions < 0 ? null : transitions,
            null));
    return status.withOperations(
        next.subList(Math.max(0, next.size() - MAX_OPERATIONS), next.size()));
  }

  private String change(NodeGroupName group, UnaryOperator<NodeGroupStatus> change) {
    for (int attempt = 1; ; attempt++) {
      NodeGroupResource resource =
          client.resources(NodeGroupResource.class).withName(group.value()).get();
      if (resource == null) {
        ended.remove(group);
        return "node group " + group + " is gone";
      }
      try {
        write(group, resource, change);
        return "";
      } catch (DeposedException _) {
        return "another process is the leader now";
      } catch (KubernetesClientException failure) {
        if (failure.getCode() != ApiAnswers.CONFLICT || attempt == MAX_TRIES) {
          return "cannot write the intent: " + failure.getMessage();
        }
      }
    }
  }

  private void write(
      NodeGroupName group, NodeGroupResource resource, UnaryOperator<NodeGroupStatus> change) {
    @Nullable NodeGroupStatus present = resource.getStatus();
    NodeGroupStatus status = present == null ? NodeGroupStatus.EMPTY : present;
    Set<String> over = Set.copyOf(ended.getOrDefault(group, Set.of()));
    NodeGroupStatus next = change.apply(status.withOperations(without(status.operations(), over)));
    if (!next.equals(status)) {
      resource.setStatus(next);
      client.resource(resource).updateStatus();
    }
    ended.computeIfPresent(
        group,
        (_, ids) -> {
          ids.removeAll(over);
          return ids.isEmpty() ? null : ids;
        });
  }

  private static List<Operation> without(List<Operation> operations, Set<String> ids) {
    return operations.stream().filter(each -> !ids.contains(each.id())).toList();
  }

  /** A later leader has written. */
  private static final class DeposedException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
