package dev.windlass.provider.contract;

import dev.windlass.core.model.CloudFailure;
import dev.windlass.core.model.GroupFailure;
import dev.windlass.core.model.Instance;
import dev.windlass.core.model.InstanceId;
import dev.windlass.core.model.OperationId;
import dev.windlass.core.model.Variant;
import dev.windlass.provider.spi.CloudOutcome;
import dev.windlass.provider.spi.CloudProvider;
import dev.windlass.provider.spi.CloudProvider.Increase;
import dev.windlass.provider.spi.Deletion;
import dev.windlass.provider.spi.GroupReference;
import dev.windlass.provider.spi.GroupView;
import dev.windlass.provider.spi.Observation;
import dev.windlass.provider.spi.Operations;
import dev.windlass.provider.spi.Progress;
import dev.windlass.provider.spi.Receipt;
import dev.windlass.provider.spi.ledger.Belief;
import dev.windlass.provider.spi.ledger.GroupLedger;
import dev.windlass.provider.spi.ledger.LedgerRules;
import dev.windlass.provider.testkit.FakeCloud.FakeGroup;
import dev.windlass.provider.testkit.FakeCloud.FakeMachine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One group of a scene: what the daemon would do to it, with a ledger of its own, and what the fake
 * knows of it. Every change passes the {@link Witness}.
 */
public final class Site {
  private static final Duration STEP = Duration.ofSeconds(10);

  private final Scene scene;
  private final FakeGroup group;
  private final GroupReference reference;
  private final GroupLedger ledger;
  private final Witness witness;
  private final List<CloudFailure> failures = new ArrayList<>();
  private String handle = "";

  Site(Scene scene, FakeGroup group) {
    this.scene = scene;
    this.group = group;
    this.reference = scene.rig().reference(group);
    this.ledger = new GroupLedger(reference.name(), LedgerRules.USUAL);
    this.witness = new Witness(scene, group);
  }

  /** How the provider knows it. */
  public GroupReference reference() {
    return reference;
  }

  /** Its ledger. */
  public GroupLedger ledger() {
    return ledger;
  }

  /** The cloud's id of it. */
  public String id() {
    return group.id();
  }

  /** Its variants, the first of them what {@link #grow(int)} asks for. */
  public List<Variant> variants() {
    return group.variants();
  }

  /** The true target. */
  public int target() {
    return scene.cloud().target(group.id());
  }

  /** Its true machines, those that are being deleted left out. */
  public List<FakeMachine> machines() {
    return scene.cloud().machines(group.id()).stream()
        .filter(machine -> !machine.leaving())
        .toList();
  }

  /** The ids of its true machines, those that are being deleted left out. */
  public List<InstanceId> ids() {
    return machines().stream().map(FakeMachine::id).sorted().toList();
  }

  /** Reads it. */
  public CloudOutcome<GroupView> look() {
    Instant begun = scene.now();
    return note(scene.provider().observe(List.of(reference)), begun);
  }

  CloudOutcome<GroupView> note(Observation observation, Instant begun) {
    CloudOutcome<GroupView> outcome = observation.groups().get(reference.name());
    if (outcome == null) {
      throw new AssertionError("the observation says nothing of " + reference.name());
    }
    ledger.read(outcome, begun);
    if (outcome instanceof CloudOutcome.Done<GroupView>(GroupView view)) {
      view.failures().stream().map(GroupFailure::failure).forEach(failures::add);
      for (Instance machine : view.instances()) {
        CloudFailure error = machine.error();
        if (error != null) {
          failures.add(error);
        }
      }
    }
    return outcome;
  }

  /** Reads it, which must succeed. */
  public GroupView seen() {
    return Outcomes.done(look());
  }

  /** What the daemon believes of it; it was read before. */
  public Belief belief() {
    return ledger
        .belief(scene.now())
        .orElseThrow(() -> new AssertionError(group.id() + " was never read"));
  }

  /** The ids of the machines that the daemon believes in, those that are being deleted left out. */
  public List<InstanceId> believed() {
    return belief().view().instances().stream()
        .filter(machine -> machine.state() != Instance.State.DELETING)
        .map(Instance::id)
        .sorted()
        .toList();
  }

  /** So many more of the first variant than the true target. */
  public Order order(int by) {
    return order(target(), Map.of(group.variants().getFirst(), by));
  }

  /** So many more than an expected target. */
  public Order order(int from, Map<Variant, Integer> machines) {
    int by = machines.values().stream().mapToInt(Integer::intValue).sum();
    return new Order(
        new Increase(from, from + by, machines), new OperationId(scene.nextOperation()));
  }

  /** Asks for so many more of the first variant. */
  public CloudOutcome<Receipt> grow(int by) {
    return grow(order(by));
  }

  /** Asks for so many more of a variant. */
  public CloudOutcome<Receipt> grow(Variant variant, int by) {
    return grow(order(target(), Map.of(variant, by)));
  }

  /** Asks for what an order says, perhaps not for the first time. */
  public CloudOutcome<Receipt> grow(Order order) {
    return grow(order, scene.provider());
  }

  /** Asks another client for what an order says. */
  public CloudOutcome<Receipt> grow(Order order, CloudProvider client) {
    CloudOutcome<Receipt> outcome =
        witness.increase(
            order, () -> client.increase(reference, order.change(), order.operation()));
    ledger.increased(order.change(), order.operation(), outcome, scene.now());
    switch (outcome) {
      case CloudOutcome.Done<Receipt>(Receipt receipt) -> {
        failures.addAll(receipt.failures());
        handle = receipt.handle();
      }
      case CloudOutcome.Failed<Receipt>(CloudFailure failure) -> failures.add(failure);
      case CloudOutcome.Conflict<Receipt> _, CloudOutcome.Unknown<Receipt> _ -> {
        // Nothing to learn of it.
      }
    }
    return outcome;
  }

  /** Asks for the deletion of machines. */
  public CloudOutcome<Map<InstanceId, Deletion>> delete(List<InstanceId> machines) {
    return delete(machines, new OperationId(scene.nextOperation()), scene.provider());
  }

  /** Asks a client for the deletion of machines. */
  public CloudOutcome<Map<InstanceId, Deletion>> delete(
      List<InstanceId> machines, OperationId operation, CloudProvider client) {
    CloudOutcome<Map<InstanceId, Deletion>> outcome =
        witness.delete(machines, () -> client.delete(reference, machines, operation));
    ledger.deleted(outcome, scene.now());
    return outcome;
  }

  /** The handle of the last increase that was taken; perhaps empty. */
  public String handle() {
    return handle;
  }

  /** How far the last increase is, where the provider can tell. */
  public CloudOutcome<Progress> poll(CloudProvider client) {
    return client
        .capability(Operations.class)
        .map(operations -> operations.poll(reference, handle))
        .orElse(new CloudOutcome.Done<>(new Progress.Succeeded()));
  }

  /** What failed so far, as far as the provider has said. */
  public List<CloudFailure> failures() {
    return List.copyOf(failures);
  }

  /** Reads and polls every ten seconds until a failure is known or the time is over. */
  public List<CloudFailure> learn(Duration within) {
    Instant end = scene.now().plus(within);
    while (failures.isEmpty() && scene.now().isBefore(end)) {
      if (!handle.isEmpty()
          && poll(scene.provider()) instanceof CloudOutcome.Done<Progress>(Progress progress)
          && progress instanceof Progress.Failed(CloudFailure failure)) {
        failures.add(failure);
      }
      look();
      scene.pass(STEP);
    }
    return failures();
  }

  /** Forgets what failed so far. */
  public void forgetFailures() {
    failures.clear();
  }
}
