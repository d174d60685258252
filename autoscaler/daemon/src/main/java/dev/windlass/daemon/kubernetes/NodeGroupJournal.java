package dev.windlass.daemon.kubernetes;

import dev.windlass.core.model.NodeGroupName;
import dev.windlass.core.model.OperationId;
import dev.windlass.daemon.cloud.OperationJournal;
import dev.windlass.daemon.resource.NodeGroupResource;
import dev.windlass.daemon.resource.NodeGroupStatus;
import dev.windlass.daemon.resource.NodeGroupStatus.Operation;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The intents of cloud calls in the status of their NodeGroup, each with the lease's transitions.
 * An intent of a later leader makes the write fail, and so does a status that changed in between.
 */
public final class NodeGroupJournal implements OperationJournal {
  private static final int MAX_TRIES = 4;
  private static final int MAX_OPERATIONS = 16;

  private final KubernetesClient client;
  private final IntSupplier leaderTransitions;
  private final InstantSource clock;

  /**
   * A journal.
   *
   * @param leaderTransitions of the lease that is held now
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
    return change(
        group,
        operations -> {
          for (Operation each : operations) {
            if (each.leaderTransitions() != null && each.leaderTransitions() > transitions) {
              throw new DeposedException();
            }
          }
          List<Operation> next = without(operations, intent.operation());
          next.add(
              new Operation(
                  intent.operation().value(),
                  intent.from() < 0 ? null : intent.from(),
                  intent.to() < 0 ? null : intent.to(),
                  clock.instant().toString(),
                  transitions));
          return next.subList(Math.max(0, next.size() - MAX_OPERATIONS), next.size());
        });
  }

  @Override
  public void finish(NodeGroupName group, OperationId operation) {
    change(group, operations -> without(operations, operation));
  }

  private String change(NodeGroupName group, UnaryOperator<List<Operation>> change) {
    for (int attempt = 1; ; attempt++) {
      NodeGroupResource resource =
          client.resources(NodeGroupResource.class).withName(group.value()).get();
      if (resource == null) {
        return "node group " + group + " is gone";
      }
      try {
        return write(resource, change);
      } catch (DeposedException _) {
        return "another process is the leader now";
      } catch (KubernetesClientException failure) {
        if (failure.getCode() != ApiAnswers.CONFLICT || attempt == MAX_TRIES) {
          return "cannot write the intent: " + failure.getMessage();
        }
      }
    }
  }

  private String write(NodeGroupResource resource, UnaryOperator<List<Operation>> change) {
    @Nullable NodeGroupStatus present = resource.getStatus();
    NodeGroupStatus status = present == null ? NodeGroupStatus.EMPTY : present;
    List<Operation> operations = change.apply(status.operations());
    if (operations.equals(status.operations())) {
      return "";
    }
    resource.setStatus(
        new NodeGroupStatus(
            status.observedGeneration(),
            status.targetSize(),
            status.nodes(),
            status.readyNodes(),
            operations,
            status.conditions()));
    client.resource(resource).updateStatus();
    return "";
  }

  private static List<Operation> without(List<Operation> operations, OperationId operation) {
    List<Operation> others = new ArrayList<>(operations);
    others.removeIf(each -> each.id().equals(operation.value()));
    return others;
  }

  /** A later leader has written. */
  private static final class DeposedException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
