package dev.windlass.provider.azure;

import dev.windlass.core.model.CloudFailure;
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
import dev.windlass.provider.spi.CloudProvider.Increase;
import dev.windlass.provider.spi.Deletion;
import dev.windlass.provider.spi.GroupReference;
import dev.windlass.provider.spi.GroupView;
import dev.windlass.provider.spi.Receipt;
import dev.windlass.provider.testkit.FakeCloud.FakeGroup;
import dev.windlass.provider.testkit.VirtualClock;
import dev.windlass.provider.testkit.azure.FakeAzure;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The provider with the real SDK, connected to a fake Azure. */
final class AzureRig implements AutoCloseable {
  static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  static final String SET = "workers/web";
  static final String POOL = "team/cluster/gpu";
  static final String TYPE = "Standard_D4s_v5";
  static final Variant ZONE_1 = new Variant(TYPE, "eastus-1", Purchase.ON_DEMAND);
  static final Variant ZONE_2 = new Variant(TYPE, "eastus-2", Purchase.ON_DEMAND);
  static final Variant SPOT = new Variant(TYPE, "eastus-1", Purchase.SPOT);

  final FakeAzure azure;
  final AzureProvider provider;

  private AzureRig(CallBudget budget, Duration timeout) {
    azure = new FakeAzure(new VirtualClock(NOW), 2);
    provider = connect(azure, budget, timeout);
  }

  static AzureRig start() {
    return new AzureRig(CallBudget.UNLIMITED, Duration.ofSeconds(10));
  }

  static AzureRig start(CallBudget budget, Duration timeout) {
    return new AzureRig(budget, timeout);
  }

  static AzureProvider connect(FakeAzure azure, CallBudget budget, Duration timeout) {
    return connect(azure.endpoint(), azure, budget, timeout);
  }

  static AzureProvider connect(URI endpoint, FakeAzure azure, CallBudget budget, Duration timeout) {
    return new AzureProvider(
        new AzureSettings(azure.subscription(), "eastus", endpoint, endpoint, timeout),
        budget,
        azure.clock());
  }

  /** A group of two zones, of 0 to 10 machines. */
  AzureRig with(String group, int target) {
    return with(group, target, ZONE_1, ZONE_2);
  }

  AzureRig with(String group, int target, Variant... variants) {
    azure.addGroup(new FakeGroup(group, 0, 10, target, List.of(variants)));
    return this;
  }

  static GroupReference reference(String group, Variant... variants) {
    return new GroupReference(
        new NodeGroupName(group.replace('/', '-')),
        group,
        "",
        List.of(variants).stream().map(AzureRig::offering).toList());
  }

  static Offering offering(Variant variant) {
    return new Offering(
        variant, Price.UNKNOWN, new NodeTemplate(Map.of(), List.of(), List.of(), Resources.NONE));
  }

  CloudOutcome<GroupView> observe(String group) {
    GroupReference reference = reference(group);
    return Objects.requireNonNull(
        provider.observe(List.of(reference)).groups().get(reference.name()));
  }

  GroupView view(String group) {
    return done(observe(group));
  }

  CloudOutcome<Receipt> increase(String group, int from, int to) {
    return increase(group, from, to, "increase:" + group + ":" + from + ":" + to);
  }

  CloudOutcome<Receipt> increase(String group, int from, int to, String operation) {
    return provider.increase(
        reference(group, ZONE_1, ZONE_2),
        new Increase(from, to, Map.of()),
        new OperationId(operation));
  }

  CloudOutcome<Map<InstanceId, Deletion>> delete(String group, InstanceId... ids) {
    return provider.delete(
        reference(group), List.of(ids), new OperationId("delete:" + List.of(ids)));
  }

  InstanceId machine(String group, int index) {
    return azure.machines(group).get(index).id();
  }

  long calls(String method) {
    return azure.journal().of(method).size();
  }

  static <T> T done(CloudOutcome<T> outcome) {
    if (outcome instanceof CloudOutcome.Done<T> done) {
      return done.value();
    }
    throw new AssertionError(outcome.toString());
  }

  static <T> CloudFailure failure(CloudOutcome<T> outcome) {
    if (outcome instanceof CloudOutcome.Failed<T> failed) {
      return failed.failure();
    }
    throw new AssertionError(outcome.toString());
  }

  @Override
  public void close() {
    provider.close();
    azure.close();
  }
}
