package dev.windlass.daemon.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.action.Action;
import dev.windlass.core.model.CloudFailure;
import dev.windlass.core.model.InstanceId;
import dev.windlass.core.model.NodeGroupName;
import dev.windlass.core.model.OperationId;
import dev.windlass.daemon.catalogue.InstanceCatalogue;
import dev.windlass.daemon.resource.NodeGroupDefinition;
import dev.windlass.daemon.resource.NodeGroupMapping;
import dev.windlass.daemon.resource.NodeGroupResource;
import dev.windlass.daemon.resource.Parsed;
import dev.windlass.engine.ActionOutcome;
import dev.windlass.provider.spi.CloudOutcome;
import dev.windlass.provider.spi.Deletion;
import dev.windlass.provider.spi.Progress;
import dev.windlass.provider.spi.Receipt;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CloudActionPortTest {
  private static final NodeGroupName GROUP = new NodeGroupName("g");
  private static final Action.IncreaseGroup INCREASE =
      new Action.IncreaseGroup(GROUP, 1, 2, Map.of(), Instant.EPOCH, "a pod waits");
  private static final Action.DeleteInstance DELETE =
      new Action.DeleteInstance(GROUP, new InstanceId("i-1"), "n1", "unneeded");

  private final FakeCloud cloud = new FakeCloud();
  private final ProviderRegistry providers = cloud.registry();
  private final Journal journal = new Journal();
  private final List<String> news = new ArrayList<>();
  private final CloudCache cache =
      new CloudCache(
          providers,
          () -> List.of(definition()),
          InstantSource.fixed(Instant.parse("2026-01-01T00:00:00Z")),
          () -> news.add(cloud.calls.getLast()),
          _ -> {});
  private final CloudActionPort port =
      new CloudActionPort(
          providers,
          name -> name.equals(GROUP) ? Optional.of(definition()) : Optional.empty(),
          cache,
          journal);

  @Test
  void writesTheIntentBeforeTheCallAndLooksAgainAfterIt() {
    assertThat(port.increase(INCREASE)).isInstanceOf(ActionOutcome.Applied.class);

    assertThat(journal.calls).containsExactly("begin " + INCREASE.id(), "finish " + INCREASE.id());
    assertThat(cloud.calls)
        .containsExactly("observe cloud-g", "increase cloud-g 1 2", "observe cloud-g");
    assertThat(news).as("before the group is read").containsExactly("increase cloud-g 1 2");
    assertThat(cache.views()).containsOnlyKeys(GROUP);
  }

  /** Nothing has changed, and the next decision would be the same one at once, and so on. */
  @Test
  void aConflictIsNoNews() {
    cloud.increased = new CloudOutcome.Conflict<>("another operation is in progress");

    assertThat(port.increase(INCREASE)).isInstanceOf(ActionOutcome.Refused.class);
    assertThat(news).isEmpty();
  }

  @Test
  void asksNoCloudWhenTheIntentCannotBeWritten() {
    journal.refusal = "another process is the leader now";

    assertThat(delete(DELETE)).isInstanceOf(ActionOutcome.Refused.class);
    assertThat(cloud.calls).containsExactly("observe cloud-g");
  }

  @Test
  void asksNoCloudForWhatTheLedgerDoesNotAllow() {
    Action.IncreaseGroup other =
        new Action.IncreaseGroup(GROUP, 4, 5, Map.of(), Instant.EPOCH, "a pod waits");
    assertThat(port.increase(other).message()).contains("the target is 1");

    cloud.view = new CloudOutcome.Unknown<>("no answer");
    assertThat(delete(DELETE)).isInstanceOf(ActionOutcome.Applied.class);
    assertThat(delete(DELETE).message()).contains("being deleted already");
    assertThat(port.increase(INCREASE).message()).contains("not read since");

    assertThat(cloud.calls).noneMatch(call -> call.startsWith("increase"));
    assertThat(cloud.calls).filteredOn(call -> call.startsWith("delete")).hasSize(1);
    assertThat(journal.calls).doesNotContain("begin " + other.id(), "begin " + INCREASE.id());
  }

  @Test
  void neverWritesToAGroupThatCannotBeRead() {
    cloud.view = new CloudOutcome.Unknown<>("no answer");

    assertThat(port.increase(INCREASE).message()).contains("never read").contains("no answer");
    assertThat(cloud.calls).containsExactly("observe cloud-g");
  }

  @Test
  void showsAPurchaseThatFailedToTheNextDecision() {
    CloudFailure soldOut = new CloudFailure(CloudFailure.Cause.CAPACITY, "none left");
    cloud.increased = new CloudOutcome.Failed<>(soldOut);

    assertThat(port.increase(INCREASE)).isInstanceOf(ActionOutcome.Failed.class);
    assertThat(cache.drainFailures())
        .singleElement()
        .satisfies(failure -> assertThat(failure.failure()).isEqualTo(soldOut));
    assertThat(cache.drainFailures()).isEmpty();
  }

  @Test
  void keepsTheIntentOfACallWithoutAnAnswer() {
    cloud.deleted = new CloudOutcome.Unknown<>("timed out");

    assertThat(delete(DELETE)).isInstanceOf(ActionOutcome.Failed.class);
    assertThat(journal.calls).containsExactly("begin " + DELETE.id());
  }

  @Test
  void keepsAnIntentUntilTheCloudHasEndedWhatItGoesOnDoing() {
    cloud.increased = new CloudOutcome.Done<>(new Receipt(2, List.of(), List.of(), "operations/7"));
    assertThat(port.increase(INCREASE)).isInstanceOf(ActionOutcome.Applied.class);
    assertThat(journal.calls)
        .containsExactly(
            "begin " + INCREASE.id(), "accepted " + INCREASE.id() + " as operations/7");

    port.operations().poll();
    assertThat(journal.calls).hasSize(2);

    CloudFailure soldOut = new CloudFailure(CloudFailure.Cause.CAPACITY, "none left");
    cloud.progress = new CloudOutcome.Done<>(new Progress.Failed(soldOut));
    port.operations().poll();
    port.operations().poll();
    assertThat(journal.calls).last().isEqualTo("finish " + INCREASE.id());
    assertThat(cache.drainFailures())
        .singleElement()
        .satisfies(failure -> assertThat(failure.failure()).isEqualTo(soldOut));
  }

  @Test
  void goesOnWithWhatAnEarlierProcessHasBegun() {
    port.operations()
        .resume(List.of(new OpenOperations.Open(GROUP, INCREASE.id(), "operations/7")));
    cloud.progress = new CloudOutcome.Done<>(new Progress.Forgotten());

    port.operations().poll();

    assertThat(cloud.calls).containsExactly("poll operations/7");
    assertThat(journal.calls).containsExactly("finish " + INCREASE.id());
  }

  @Test
  void failsWhenTheCloudKeepsAMachine() {
    cloud.deleted = new CloudOutcome.Done<>(new Deletion.Kept("it is protected"));

    assertThat(delete(DELETE))
        .isInstanceOfSatisfying(
            ActionOutcome.Refused.class,
            refused -> assertThat(refused.message()).contains("it is protected"));
  }

  @Test
  void refusesWhatTheCloudHasInAnotherStateOrAGroupThatIsGone() {
    cloud.increased = new CloudOutcome.Conflict<>("the target is 5");
    assertThat(port.increase(INCREASE)).isInstanceOf(ActionOutcome.Refused.class);

    Action.IncreaseGroup gone =
        new Action.IncreaseGroup(new NodeGroupName("gone"), 0, 1, Map.of(), Instant.EPOCH, "");
    assertThat(port.increase(gone)).isInstanceOf(ActionOutcome.Refused.class);
  }

  @Test
  void leavesACloudAloneThatFailsAgainAndAgain() {
    cloud.deleted = new CloudOutcome.Unknown<>("timed out");
    cloud.view = new CloudOutcome.Unknown<>("timed out");
    for (int i = 0; i < 20; i++) {
      delete(DELETE);
    }

    assertThat(cloud.calls).hasSizeBetween(10, 12);
    assertThat(delete(DELETE).message()).contains("left alone");
  }

  @Test
  void deletesAllMachinesOfOneTickWithOneCall() {
    Action.DeleteInstance other =
        new Action.DeleteInstance(GROUP, new InstanceId("i-2"), "n2", "unneeded");
    Action.DeleteInstance kept =
        new Action.DeleteInstance(GROUP, new InstanceId("i-3"), "n3", "unneeded");
    cloud.kept = Map.of(kept.instance(), new Deletion.Kept("it is protected"));

    List<ActionOutcome> outcomes = port.delete(List.of(DELETE, other, kept));

    assertThat(cloud.calls)
        .containsExactly("observe cloud-g", "delete i-1 i-2 i-3", "observe cloud-g");
    assertThat(outcomes).extracting(ActionOutcome::action).containsExactly(DELETE, other, kept);
    assertThat(outcomes.subList(0, 2)).hasOnlyElementsOfType(ActionOutcome.Applied.class);
    assertThat(outcomes.getLast().message()).contains("it is protected");
    assertThat(journal.calls)
        .as("one intent, ended")
        .hasSize(2)
        .allMatch(call -> call.contains("delete:3:"));

    assertThat(port.delete(List.of(DELETE, kept)))
        .extracting(ActionOutcome::message)
        .satisfiesExactly(
            first -> assertThat(first).contains("being deleted already"),
            second -> assertThat(second).contains("it is protected"));
    assertThat(cloud.calls).contains("delete i-3");
  }

  private ActionOutcome delete(Action.DeleteInstance action) {
    return port.delete(List.of(action)).getFirst();
  }

  static NodeGroupDefinition definition() {
    NodeGroupResource resource =
        Serialization.unmarshal(
            """
            apiVersion: windlass.dev/v1alpha1
            kind: NodeGroup
            metadata: {name: g}
            spec:
              provider: {simulated: {group: cloud-g}}
              minSize: 0
              maxSize: 3
            """,
            NodeGroupResource.class);
    return switch (NodeGroupMapping.parse(resource, InstanceCatalogue.EMPTY)) {
      case Parsed.Ok<NodeGroupDefinition> ok -> ok.value();
      case Parsed.Bad<NodeGroupDefinition> bad -> throw new AssertionError(bad.message());
    };
  }

  /** Notes what is written. */
  private static final class Journal implements OperationJournal {
    private final List<String> calls = new ArrayList<>();
    private String refusal = "";

    @Override
    public String begin(NodeGroupName group, Intent intent) {
      calls.add("begin " + intent.operation());
      return refusal;
    }

    @Override
    public void accepted(NodeGroupName group, OperationId operation, String handle) {
      calls.add("accepted " + operation + " as " + handle);
    }

    @Override
    public void finish(NodeGroupName group, OperationId operation) {
      calls.add("finish " + operation);
    }

    @Override
    public void tidy() {
      throw new AssertionError("nothing here tidies");
    }
  }
}
