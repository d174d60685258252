package dev.windlass.provider.simulated;

import dev.windlass.core.model.CloudFailure;
import dev.windlass.core.model.FailureScope;
import dev.windlass.core.model.GroupFailure;
import dev.windlass.core.model.Instance;
import dev.windlass.core.model.InstanceId;
import dev.windlass.core.model.NodeGroupName;
import dev.windlass.core.model.Purchase;
import dev.windlass.core.model.Variant;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The bodies of the simulated cloud's HTTP interface, shared by its client and its server. */
public final class CloudWire {
  /** Names the effect of a call; a second call with the same value has no second effect. */
  public static final String OPERATION_HEADER = "Idempotency-Key";

  private CloudWire() {}

  /** The answer to {@code GET /v1/groups/ID}. */
  public record Group(int target, List<Machine> machines, List<Failure> failures) {
    public Group {
      machines = List.copyOf(machines);
      failures = List.copyOf(failures);
    }
  }

  /** One machine. */
  public record Machine(
      String id, Kind kind, Instance.State state, Instant createdAt, @Nullable Refusal error) {
    /** The machine as the SPI names it. */
    Instance toInstance(NodeGroupName group) {
      return new Instance(
          new InstanceId(id),
          group,
          kind.toVariant(),
          state,
          createdAt,
          error == null ? null : error.toFailure());
    }

    /** The machine as it goes over the wire. */
    public static Machine of(Instance instance) {
      CloudFailure error = instance.error();
      return new Machine(
          instance.id().value(),
          Kind.of(instance.variant()),
          instance.state(),
          instance.createdAt(),
          error == null ? null : Refusal.of(error));
    }
  }

  /** What can be bought. */
  public record Kind(String instanceType, String zone, Purchase purchase) {
    /** The variant that it stands for. */
    public Variant toVariant() {
      return new Variant(instanceType, zone, purchase);
    }

    static Kind of(Variant variant) {
      return new Kind(variant.instanceType(), variant.zone(), variant.purchase());
    }
  }

  /** A purchase that failed after it was accepted. */
  public record Failure(Instant at, Refusal refusal) {
    GroupFailure toFailure(NodeGroupName group) {
      return new GroupFailure(group, refusal.toFailure(), at);
    }

    /** The failure as it goes over the wire. */
    public static Failure of(GroupFailure failure) {
      return new Failure(failure.at(), Refusal.of(failure.failure()));
    }
  }

  /**
   * Why something was refused; also the body of every 4xx and 5xx answer but 409.
   *
   * @param scope what cannot be had because of it; null for everything
   */
  public record Refusal(
      CloudFailure.Cause cause, String message, @Nullable String code, @Nullable Scope scope) {
    CloudFailure toFailure() {
      return new CloudFailure(
          cause,
          message,
          scope == null ? FailureScope.ALL : scope.toFailureScope(),
          code == null ? "" : code,
          null);
    }

    /** The refusal as it goes over the wire. */
    public static Refusal of(CloudFailure failure) {
      return new Refusal(
          failure.cause(), failure.message(), failure.code(), Scope.of(failure.scope()));
    }
  }

  /** What a refusal is about; empty sets and null stand for all. */
  public record Scope(Set<String> instanceTypes, Set<String> zones, @Nullable Purchase purchase) {
    public Scope {
      instanceTypes = Set.copyOf(instanceTypes);
      zones = Set.copyOf(zones);
    }

    FailureScope toFailureScope() {
      return new FailureScope(instanceTypes, zones, purchase);
    }

    static Scope of(FailureScope scope) {
      return new Scope(scope.instanceTypes(), scope.zones(), scope.purchase());
    }
  }

  /** The body of 409. */
  public record Conflict(String message) {}

  /** How many of one kind. */
  public record Order(Kind kind, int count) {}

  /** The body of {@code POST /v1/groups/ID/increase}. */
  public record IncreaseRequest(int from, int to, List<Order> orders) {
    public IncreaseRequest {
      orders = List.copyOf(orders);
    }

    static IncreaseRequest of(int from, int to, Map<Variant, Integer> machines) {
      return new IncreaseRequest(
          from,
          to,
          machines.entrySet().stream()
              .map(entry -> new Order(Kind.of(entry.getKey()), entry.getValue()))
              .toList());
    }

    /** How many of what. */
    public Map<Variant, Integer> machines() {
      return orders.stream()
          .collect(Collectors.toMap(order -> order.kind().toVariant(), Order::count, Integer::sum));
    }
  }

  /** The answer to an increase. */
  public record Target(int target) {}

  /** The body of {@code POST /v1/groups/ID/delete}. */
  public record DeleteRequest(String instance) {}

  /**
   * The answer to a delete.
   *
   * @param deleted false if there was nothing to delete any more
   * @param leaving whether the machine is still there, being deleted
   */
  public record Deleted(boolean deleted, boolean leaving) {}
}
