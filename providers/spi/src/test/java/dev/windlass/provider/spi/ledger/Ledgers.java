package dev.windlass.provider.spi.ledger;

import dev.windlass.core.model.CloudFailure;
import dev.windlass.core.model.Instance;
import dev.windlass.core.model.Instance.State;
import dev.windlass.core.model.InstanceId;
import dev.windlass.core.model.NodeGroupName;
import dev.windlass.core.model.OperationId;
import dev.windlass.core.model.Purchase;
import dev.windlass.core.model.Variant;
import dev.windlass.provider.spi.CloudOutcome;
import dev.windlass.provider.spi.CloudProvider.Increase;
import dev.windlass.provider.spi.Deletion;
import dev.windlass.provider.spi.GroupView;
import dev.windlass.provider.spi.Receipt;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A ledger of one group, and short words for what happens to it. */
final class Ledgers {
  static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  static final NodeGroupName WEB = new NodeGroupName("web");
  static final Variant LARGE = new Variant("m.large", "zone-a", Purchase.ON_DEMAND);

  final GroupLedger ledger = new GroupLedger(WEB, LedgerRules.USUAL);
  Instant now = START;

  void pass(Duration time) {
    now = now.plus(time);
  }

  /** A reading a second later that shows these machines as running. */
  void read(int target, String... machines) {
    pass(Duration.ofSeconds(1));
    ledger.read(seen(target, machines), now);
  }

  void fail(CloudFailure.Cause cause) {
    pass(Duration.ofSeconds(1));
    ledger.read(new CloudOutcome.Failed<>(new CloudFailure(cause, "not now")), now);
  }

  void increase(int from, int to, CloudOutcome<Receipt> outcome) {
    pass(Duration.ofSeconds(1));
    ledger.increased(change(from, to), operation(from, to), outcome, now);
  }

  void delete(Map<InstanceId, Deletion> fates) {
    pass(Duration.ofSeconds(1));
    ledger.deleted(new CloudOutcome.Done<>(fates), now);
  }

  String objection(int from, int to) {
    return ledger.objection(change(from, to), operation(from, to), now);
  }

  Belief belief() {
    return ledger.belief(now).orElseThrow();
  }

  List<String> machines() {
    return belief().view().instances().stream()
        .map(machine -> machine.id() + " " + machine.state())
        .toList();
  }

  static CloudOutcome<GroupView> seen(int target, String... machines) {
    return new CloudOutcome.Done<>(
        new GroupView(
            target, List.of(machines).stream().map(Ledgers::running).toList(), List.of()));
  }

  static String[] many(int count) {
    return IntStream.range(0, count).mapToObj(i -> "m-" + (100 + i)).toArray(String[]::new);
  }

  static Instance running(String id) {
    return new Instance(new InstanceId(id), WEB, LARGE, State.RUNNING, START, null);
  }

  static Increase change(int from, int to) {
    return new Increase(from, to, Map.of(LARGE, to - from));
  }

  static OperationId operation(int from, int to) {
    return new OperationId("increase:" + from + ":" + to);
  }

  static CloudOutcome<Receipt> launched(int target, String... ids) {
    return new CloudOutcome.Done<>(
        new Receipt(target, List.of(ids).stream().map(InstanceId::new).toList(), List.of(), ""));
  }
}
