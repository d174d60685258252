package dev.windlass.daemon.cloud;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;

import dev.windlass.core.model.InstanceId;
import dev.windlass.core.model.NodeGroupName;
import dev.windlass.core.model.OperationId;
import dev.windlass.provider.spi.CallBudget;
import dev.windlass.provider.spi.CloudOutcome;
import dev.windlass.provider.spi.CloudProvider;
import dev.windlass.provider.spi.CloudProviderFactory;
import dev.windlass.provider.spi.Deletion;
import dev.windlass.provider.spi.GroupReference;
import dev.windlass.provider.spi.GroupView;
import dev.windlass.provider.spi.Notices;
import dev.windlass.provider.spi.Observation;
import dev.windlass.provider.spi.Operations;
import dev.windlass.provider.spi.Progress;
import dev.windlass.provider.spi.Receipt;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A cloud that answers what a test tells it to and notes what it was asked. */
final class FakeCloud implements CloudProvider, CloudProviderFactory, Operations, Notices {
  final List<String> calls = new ArrayList<>();
  CloudOutcome<GroupView> view = new CloudOutcome.Done<>(new GroupView(1, List.of(), List.of()));
  Runnable reading = () -> {};
  final List<Notice> queue = new ArrayList<>();
  CloudOutcome<Progress> progress = new CloudOutcome.Done<>(new Progress.Running());
  CloudOutcome<Receipt> increased = new CloudOutcome.Done<>(Receipt.of(2));
  CloudOutcome<Deletion> deleted = new CloudOutcome.Done<>(new Deletion.Accepted());

  Map<InstanceId, Deletion> kept = Map.of();

  ProviderRegistry registry() {
    return new ProviderRegistry(Map.of(kind(), this), Map.of(), CallBudget.UNLIMITED);
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
  public CloudOutcome<Progress> poll(GroupReference group, String handle) {
    calls.add("poll " + handle);
    return progress;
  }

  @Override
  public CloudOutcome<List<Notice>> notices() {
    return new CloudOutcome.Done<>(List.copyOf(queue));
  }

  @Override
  public CloudOutcome<Integer> settle(List<Notice> notices) {
    queue.removeAll(notices);
    return new CloudOutcome.Done<>(notices.size());
  }

  @Override
  public Observation observe(List<GroupReference> groups) {
    reading.run();
    Map<NodeGroupName, CloudOutcome<GroupView>> seen = new HashMap<>();
    for (GroupReference group : groups) {
      calls.add("observe " + group.cloudId());
      seen.put(group.name(), view);
    }
    return new Observation(calls.size(), Instant.EPOCH, seen);
  }

  @Override
  public CloudOutcome<Receipt> increase(
      GroupReference group, Increase change, OperationId operation) {
    calls.add("increase " + group.cloudId() + " " + change.from() + " " + change.to());
    return increased;
  }

  @Override
  public CloudOutcome<Map<InstanceId, Deletion>> delete(
      GroupReference group, List<InstanceId> instances, OperationId operation) {
    calls.add("delete " + instances.stream().map(InstanceId::value).collect(joining(" ")));
    return deleted.map(
        fate -> instances.stream().collect(toMap(id -> id, id -> kept.getOrDefault(id, fate))));
  }

  @Override
  public void close() {}
}
