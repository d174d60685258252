package dev.windlass.provider.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.InstanceId;
import dev.windlass.core.model.OperationId;
import dev.windlass.provider.spi.CloudOutcome;
import dev.windlass.provider.spi.Deletion;
import dev.windlass.provider.spi.Receipt;
import dev.windlass.provider.testkit.FakeCloud.FakeGroup;
import dev.windlass.provider.testkit.FakeCloud.FakeMachine;
import dev.windlass.provider.testkit.Journal.Entry;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Holds each change of a group against what the fake knows before and after it, and against the
 * requests that were made for it. What it asserts are the invariants of every provider: no write
 * without a reading of the group before it; no target lowered by setting it; nothing deleted that
 * was not asked for; one effect for one intent; an outcome that says what happened.
 */
final class Witness {
  private final Scene scene;
  private final FakeGroup group;
  private final Map<OperationId, Integer> effects = new HashMap<>();

  private record Truth(int target, Set<InstanceId> present, Set<InstanceId> leaving, int requests) {
    Set<InstanceId> staying() {
      Set<InstanceId> staying = new HashSet<>(present);
      staying.removeAll(leaving);
      return staying;
    }
  }

  Witness(Scene scene, FakeGroup group) {
    this.scene = scene;
    this.group = group;
  }

  private Truth truth() {
    List<FakeMachine> machines = scene.cloud().machines(group.id());
    return new Truth(
        scene.cloud().target(group.id()),
        machines.stream().map(FakeMachine::id).collect(Collectors.toSet()),
        machines.stream()
            .filter(FakeMachine::leaving)
            .map(FakeMachine::id)
            .collect(Collectors.toSet()),
        scene.cloud().journal().entries().size());
  }

  CloudOutcome<Receipt> increase(Order order, Supplier<CloudOutcome<Receipt>> call) {
    Truth before = truth();
    boolean isRepeated = effects.containsKey(order.operation());
    CloudOutcome<Receipt> outcome = call.get();
    Truth after = truth();
    checkRequests(before);
    int effect = after.target() - before.target();
    assertThat(effect).as("an increase lowered the target: %s", outcome).isNotNegative();
    assertThat(after.staying())
        .as("an increase removed machines: %s", outcome)
        .containsAll(before.staying());
    int asked = order.change().to() - order.change().from();
    assertThat(effects.merge(order.operation(), effect, Integer::sum))
        .as("effects of %s together: %s", order, outcome)
        .isLessThanOrEqualTo(asked);
    switch (outcome) {
      case CloudOutcome.Done<Receipt>(Receipt receipt) -> {
        // A cloud that knows the token of an earlier call answers as it did then.
        int otherwise = isRepeated ? order.change().to() : after.target();
        assertThat(receipt.target()).as("the receipt's target").isIn(after.target(), otherwise);
      }
      case CloudOutcome.Conflict<Receipt> _, CloudOutcome.Failed<Receipt> _ ->
          assertUnchanged(before, after, outcome);
      case CloudOutcome.Unknown<Receipt> _ -> {
        // It may or may not have happened.
      }
    }
    return outcome;
  }

  private static void assertUnchanged(Truth before, Truth after, CloudOutcome<?> outcome) {
    assertThat(after.target()).as("the target after %s", outcome).isEqualTo(before.target());
    assertThat(after.present()).as("the machines after %s", outcome).isEqualTo(before.present());
    assertThat(after.leaving()).as("what leaves after %s", outcome).isEqualTo(before.leaving());
  }

  CloudOutcome<Map<InstanceId, Deletion>> delete(
      List<InstanceId> asked, Supplier<CloudOutcome<Map<InstanceId, Deletion>>> call) {
    Truth before = truth();
    CloudOutcome<Map<InstanceId, Deletion>> outcome = call.get();
    Truth after = truth();
    checkRequests(before);
    Set<InstanceId> lost = before.staying();
    lost.removeAll(after.staying());
    assertThat(asked).as("what was deleted was asked for: %s", outcome).containsAll(lost);
    assertThat(before.target() - after.target())
        .as("the target falls by what was deleted: %s", outcome)
        .isLessThanOrEqualTo(lost.size());
    switch (outcome) {
      case CloudOutcome.Done<Map<InstanceId, Deletion>>(var fates) -> {
        assertThat(fates.keySet()).containsExactlyInAnyOrderElementsOf(new HashSet<>(asked));
        fates.forEach((id, fate) -> checkFate(id, fate, after));
      }
      case CloudOutcome.Conflict<Map<InstanceId, Deletion>> _,
          CloudOutcome.Failed<Map<InstanceId, Deletion>> _ ->
          assertThat(lost).as("deleted by what failed: %s", outcome).isEmpty();
      case CloudOutcome.Unknown<Map<InstanceId, Deletion>> _ -> {
        // It may or may not have happened.
      }
    }
    return outcome;
  }

  private static void checkFate(InstanceId id, Deletion fate, Truth after) {
    boolean stays = after.staying().contains(id);
    switch (fate) {
      case Deletion.Accepted _, Deletion.AlreadyDeleting _ ->
          assertThat(stays).as("%s stays though %s", id, fate).isFalse();
      case Deletion.Gone _ ->
          assertThat(after.present()).as("%s is there though %s", id, fate).doesNotContain(id);
      case Deletion.Kept _ ->
          assertThat(after.present()).as("%s is not there though %s", id, fate).contains(id);
      case Deletion.Failed _ -> {
        // The cloud refused; the message says why.
      }
    }
  }

  private void checkRequests(Truth before) {
    List<Entry> made = scene.cloud().journal().entries().stream().skip(before.requests()).toList();
    boolean isRead = false;
    int target = before.target();
    for (Entry entry : made) {
      boolean isOurs =
          entry.request().group().isEmpty() || entry.request().group().equals(group.id());
      if (isOurs && entry.request().writes()) {
        assertThat(isRead || scene.rig().cloudCompares())
            .as("%s was sent without a reading before it", entry)
            .isTrue();
        OptionalInt absolute = scene.rig().absoluteTarget(entry.request());
        if (absolute.isPresent()) {
          assertThat(absolute.getAsInt()).as("%s sets", entry).isGreaterThanOrEqualTo(target);
          target = entry.happened() ? absolute.getAsInt() : target;
        }
      } else if (isOurs && entry.status() / 100 == 2) {
        isRead = true;
      }
    }
  }
}
