package dev.windlass.daemon.cloud;

import dev.windlass.core.model.InstanceId;
import dev.windlass.core.model.OperationId;
import dev.windlass.provider.spi.CallBudget;
import dev.windlass.provider.spi.CloudOutcome;
import dev.windlass.provider.spi.CloudProvider;
import dev.windlass.provider.spi.CloudProviderFactory;
import dev.windlass.provider.spi.GroupReference;
import dev.windlass.provider.spi.GroupView;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A cloud that answers what a test tells it to and notes what it was asked. */
final class FakeCloud implements CloudProvider, CloudProviderFactory {
  final MeterRegistry metrics = new SimpleMeterRegistry();
  final List<String> calls = new ArrayList<>();
  CloudOutcome<GroupView> view = new CloudOutcome.Done<>(new GroupView(1, List.of(), List.of()));
  CloudOutcome<Integer> increased = new CloudOutcome.Done<>(2);
  CloudOutcome<Boolean> deleted = new CloudOutcome.Done<>(true);

  ProviderRegistry registry() {
    return new ProviderRegistry(Map.of(kind(), this), Map.of(), CallBudget.UNLIMITED, metrics);
  }

  @Override
  public String kind() {
    return "simulated";
  }

  @Override
  public CloudProvider create(Map<String, String> settings, CallBudget budget) {
    return this;
  }

  @Override
  public CloudOutcome<GroupView> describe(GroupReference group) {
    calls.add("describe " + group.cloudId());
    return view;
  }

  @Override
  public CloudOutcome<Integer> increase(
      GroupReference group, Increase change, OperationId operation) {
    calls.add("increase " + group.cloudId() + " " + change.from() + " " + change.to());
    return increased;
  }

  @Override
  public CloudOutcome<Boolean> delete(
      GroupReference group, InstanceId instance, OperationId operation) {
    calls.add("delete " + instance);
    return deleted;
  }

  @Override
  public void close() {}
}
