package dev.windlass.provider.azure;

import dev.windlass.core.model.CloudFailure;
import dev.windlass.core.model.CloudFailure.Cause;
import dev.windlass.core.model.OperationId;
import dev.windlass.core.model.Variant;
import dev.windlass.provider.spi.CloudOutcome;
import dev.windlass.provider.spi.CloudProvider.Increase;
import dev.windlass.provider.spi.GroupReference;
import dev.windlass.provider.spi.Receipt;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Raises a group's size: reads it, looks whether there is quota, and writes on the version that was
 * read. A write without an answer is settled by reading: the operation's tag says whether it was
 * done, and a version that is still the same, that it was not done yet.
 */
final class Increases {
  private final QuotaGate gate;
  private final SkuCatalogue catalogue;

  Increases(QuotaGate gate, SkuCatalogue catalogue) {
    this.gate = gate;
    this.catalogue = catalogue;
  }

  CloudOutcome<Receipt> increase(
      ArmCalls calls,
      GroupReference reference,
      Supplier<Group> current,
      Increase change,
      OperationId operation) {
    Group group;
    try {
      group = current.get();
      if (Writes.isDone(group, operation)) {
        return new CloudOutcome.Done<>(Receipt.of(group.target()));
      }
      if (group.target() != change.from()) {
        return new CloudOutcome.Conflict<>(
            reference.cloudId() + " has a size of " + group.target() + ", not " + change.from());
      }
    } catch (RuntimeException error) {
      return new CloudOutcome.Failed<>(ArmErrors.ofRead(error));
    }
    if (change.to() > group.limits().max()) {
      return new CloudOutcome.Failed<>(
          new CloudFailure(
              Cause.CONFIG, reference.cloudId() + " has a maximum of " + group.limits().max()));
    }
    QuotaGate.Room room = gate.room(calls, reference, wanted(group, change));
    CloudFailure shortfall = room.shortfall();
    if (shortfall != null && room.machines() == 0) {
      return new CloudOutcome.Failed<>(shortfall);
    }
    int to = shortfall == null ? change.to() : change.from() + room.machines();
    try {
      String handle = Writes.resize(calls, group, to, operation);
      return new CloudOutcome.Done<>(
          new Receipt(to, List.of(), shortfall == null ? List.of() : List.of(shortfall), handle));
    } catch (RuntimeException error) {
      return settle(
          ArmErrors.verdict(error), group, current, operation, scopes(calls, reference, group));
    }
  }

  /** A group that is asked for a number only brings what its set is made for. */
  private static Map<Variant, Integer> wanted(Group group, Increase change) {
    return change.machines().isEmpty()
        ? Map.of(
            new Variant(group.type(), group.zones().getFirst(), group.purchase()),
            change.to() - change.from())
        : change.machines();
  }

  private static CloudOutcome<Receipt> settle(
      ArmErrors.Verdict verdict,
      Group before,
      Supplier<Group> current,
      OperationId operation,
      Scopes scopes) {
    return switch (verdict) {
      case ArmErrors.Verdict.Unsent unsent -> new CloudOutcome.Failed<>(unsent.failure());
      case ArmErrors.Verdict.Refused refused -> refused(refused.answer(), scopes);
      case ArmErrors.Verdict.Broken broken ->
          reread(
              before,
              current,
              operation,
              new CloudOutcome.Failed<>(ErrorTable.failure(broken.answer(), scopes)));
      case ArmErrors.Verdict.Open open ->
          reread(before, current, operation, new CloudOutcome.Unknown<>(open.message()));
    };
  }

  static <T> CloudOutcome<T> refused(ArmAnswer answer, Scopes scopes) {
    CloudFailure failure = ErrorTable.failure(answer, scopes);
    return failure.cause() == Cause.CONFLICT
        ? new CloudOutcome.Conflict<>(failure.message())
        : new CloudOutcome.Failed<>(failure);
  }

  private static CloudOutcome<Receipt> reread(
      Group before,
      Supplier<Group> current,
      OperationId operation,
      CloudOutcome<Receipt> unchanged) {
    try {
      Group now = current.get();
      if (Writes.isDone(now, operation)) {
        return new CloudOutcome.Done<>(Receipt.of(now.target()));
      }
      return now.etag().equals(before.etag())
          ? unchanged
          : new CloudOutcome.Conflict<>("another writer has changed " + now.id().key());
    } catch (RuntimeException unread) {
      return new CloudOutcome.Unknown<>(
          "no answer from Azure, and none to the question what it did: " + unread.getMessage());
    }
  }

  private Scopes scopes(ArmCalls calls, GroupReference reference, Group group) {
    Map<String, String> types = new HashMap<>();
    reference
        .offerings()
        .forEach(each -> {
          String type = each.variant().instanceType();
          types.put(type, catalogue.family(calls.region(), type));
        });
    if (types.isEmpty()) {
      types.put(group.type(), catalogue.family(calls.region(), group.type()));
    }
    return new Scopes(types, Set.copyOf(group.zones()), group.purchase());
  }
}
