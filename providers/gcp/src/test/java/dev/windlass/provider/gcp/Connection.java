package dev.windlass.provider.gcp;

import dev.windlass.core.model.CloudFailure;
import dev.windlass.core.model.Instance;
import dev.windlass.core.model.InstanceId;
import dev.windlass.core.model.NodeGroupName;
import dev.windlass.core.model.NodeTemplate;
import dev.windlass.core.model.Offering;
import dev.windlass.core.model.OperationId;
import dev.windlass.core.model.Price;
import dev.windlass.core.model.Purchase;
import dev.windlass.core.model.Resources;
import dev.windlass.core.model.Variant;
import dev.windlass.provider.spi.CallBudget;
import dev.windlass.provider.spi.CloudOutcome;
import dev.windlass.provider.spi.CloudProvider;
import dev.windlass.provider.spi.Deletion;
import dev.windlass.provider.spi.GroupReference;
import dev.windlass.provider.spi.GroupView;
import dev.windlass.provider.spi.Receipt;
import dev.windlass.provider.testkit.FakeCloud.FakeGroup;
import dev.windlass.provider.testkit.VirtualClock;
import dev.windlass.provider.testkit.gcp.FakeGcp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The provider with the real SDK, connected to a fake Google Cloud whose pages hold two items. */
final class Connection implements AutoCloseable {
  static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  static final String ZONE = "us-central1-a";
  static final Variant N2 = new Variant("n2-standard-4", ZONE, Purchase.ON_DEMAND);
  static final GroupReference WEB = reference("web", "acme/us-central1-a/web", List.of(N2));
  static final OperationId OPERATION = new OperationId("increase:web:2:3:1");

  final FakeGcp gcp;
  final CloudProvider provider;

  private Connection(FakeGcp gcp, CallBudget budget, Duration timeout) {
    this.gcp = gcp;
    gcp.putCluster("acme/us-central1/main", List.of());
    this.provider = connect(gcp, budget, timeout);
  }

  static Connection start() {
    return start(CallBudget.UNLIMITED, Duration.ofSeconds(10));
  }

  static Connection start(CallBudget budget, Duration timeout) {
    try {
      return new Connection(new FakeGcp(new VirtualClock(NOW), 1, 2), budget, timeout);
    } catch (IOException noPort) {
      throw new UncheckedIOException(noPort);
    }
  }

  static CloudProvider connect(FakeGcp gcp, CallBudget budget, Duration timeout) {
    return connect(gcp.endpoint(), gcp.clock(), budget, timeout);
  }

  static CloudProvider connect(
      URI endpoint, VirtualClock clock, CallBudget budget, Duration timeout) {
    GcpSettings settings =
        new GcpSettings(
            "acme",
            "acme/us-central1/main",
            Optional.of(endpoint),
            true,
            timeout,
            Duration.ofMinutes(1));
    return new GcpProvider(settings, budget, clock);
  }

  /** A zonal group of running machines. */
  Connection withWeb(int machines) {
    gcp.addGroup(new FakeGroup(WEB.cloudId(), 0, 10, machines, List.of(N2)));
    return this;
  }

  static GroupReference reference(String name, String cloudId, List<Variant> variants) {
    return new GroupReference(new NodeGroupName(name), cloudId, "us-central1", offerings(variants));
  }

  static List<Offering> offerings(List<Variant> variants) {
    NodeTemplate template =
        new NodeTemplate(
            Map.of(), List.of(), List.of(), Resources.of(Map.of(Resources.CPU, 4_000L)));
    return variants.stream()
        .map(it -> new Offering(it, Price.ofUsdPerHour(0.2), template))
        .toList();
  }

  void pass(Duration time) {
    gcp.clock().advance(time);
  }

  GroupView view() {
    return view(WEB);
  }

  GroupView view(GroupReference group) {
    return done(provider.observe(group));
  }

  CloudOutcome<Receipt> increase(int from, int to) {
    return increase(WEB, from, to, OPERATION);
  }

  CloudOutcome<Receipt> increase(GroupReference group, int from, int to, OperationId operation) {
    return provider.increase(
        group, new CloudProvider.Increase(from, to, Map.of(N2, to - from)), operation);
  }

  CloudOutcome<Map<InstanceId, Deletion>> delete(InstanceId... machines) {
    return provider.delete(WEB, List.of(machines), new OperationId("delete:" + machines[0]));
  }

  List<InstanceId> machines() {
    return gcp.machines(WEB.cloudId()).stream().map(it -> it.id()).toList();
  }

  /** How often a method was called. */
  int calls(String method) {
    return gcp.journal().of(method).size();
  }

  static List<Instance.State> states(GroupView view) {
    return view.instances().stream().map(Instance::state).toList();
  }

  static <T> T done(CloudOutcome<T> outcome) {
    return switch (outcome) {
      case CloudOutcome.Done<T> done -> done.value();
      case CloudOutcome<T> other -> throw new AssertionError(other.toString());
    };
  }

  static <T> CloudFailure failure(CloudOutcome<T> outcome) {
    return switch (outcome) {
      case CloudOutcome.Failed<T> failed -> failed.failure();
      case CloudOutcome<T> other -> throw new AssertionError(other.toString());
    };
  }

  @Override
  public void close() {
    provider.close();
    gcp.close();
  }
}
