package dev.windlass.provider.aws;

import dev.windlass.core.model.CloudFailure;
import dev.windlass.core.model.CloudFailure.Cause;
import dev.windlass.core.model.NodeGroupName;
import dev.windlass.provider.spi.CloudOutcome;
import dev.windlass.provider.spi.GroupReference;
import dev.windlass.provider.spi.GroupView;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;

/**
 * Reads the Auto Scaling groups of one region together: a request for each hundred groups, one for
 * each thousand machines that are new, and one for the activities of each group that lacks
 * machines. What fails is the failure of those groups that it was about.
 */
final class RegionReader {
  private final RegionCalls region;
  private final MachineFacts facts;
  private final SideBySide sideBySide;
  private final InstantSource clock;
  private final Map<String, GroupReader> readers = new ConcurrentHashMap<>();

  /** The machines of each group when it was last read. */
  private final Map<String, List<String>> members = new ConcurrentHashMap<>();

  RegionReader(RegionCalls region, SideBySide sideBySide, InstantSource clock) {
    this.region = region;
    this.facts = new MachineFacts(clock);
    this.sideBySide = sideBySide;
    this.clock = clock;
  }

  /** Reads groups; each has an entry in what is returned. */
  synchronized Map<NodeGroupName, CloudOutcome<GroupView>> read(List<GroupReference> references) {
    Map<String, AutoScalingGroup> found = new ConcurrentHashMap<>();
    Map<String, CloudFailure> failures = new ConcurrentHashMap<>();
    List<String> names = references.stream().map(GroupReference::cloudId).distinct().toList();
    sideBySide.each(Chunks.of(names, GroupCalls.AT_ONCE), some -> describe(some, found, failures));
    learn(found, failures);
    Map<NodeGroupName, CloudOutcome<GroupView>> views = new ConcurrentHashMap<>();
    sideBySide.each(references, each -> views.put(each.name(), view(each, found, failures)));
    return views;
  }

  /** The provider id of a machine that was seen in a group; empty for others. */
  String providerId(String machine) {
    return facts.zone(machine).map(zone -> MachineId.of(zone, machine).value()).orElse("");
  }

  private void describe(
      List<String> names, Map<String, AutoScalingGroup> found, Map<String, CloudFailure> failures) {
    try {
      region
          .groups()
          .groups(names)
          .forEach(group -> found.put(group.autoScalingGroupName(), group));
    } catch (CallFailedException failed) {
      names.forEach(name -> failures.put(name, failed.failure()));
    }
    for (String name : names) {
      if (!found.containsKey(name)) {
        failures.putIfAbsent(name, missing(name));
        members.remove(name);
      }
    }
  }

  static CloudFailure missing(String name) {
    return new CloudFailure(Cause.NOT_FOUND, "there is no Auto Scaling group " + name);
  }

  /** Learns of new machines; without an answer the groups that have some cannot be shown. */
  private void learn(Map<String, AutoScalingGroup> found, Map<String, CloudFailure> failures) {
    Map<String, List<String>> machines =
        found.values().stream()
            .collect(Collectors.toMap(AutoScalingGroup::autoScalingGroupName, Members::ids));
    try {
      facts.learn(machines, region.compute());
    } catch (CallFailedException failed) {
      machines.forEach((name, ids) -> {
        if (!facts.knowsAll(ids)) {
          failures.put(name, failed.failure());
        }
      });
    }
    members.putAll(machines);
    facts.retain(members.values().stream().flatMap(List::stream).collect(Collectors.toSet()));
  }

  private CloudOutcome<GroupView> view(
      GroupReference reference,
      Map<String, AutoScalingGroup> found,
      Map<String, CloudFailure> failures) {
    CloudFailure failure = failures.get(reference.cloudId());
    AutoScalingGroup group = found.get(reference.cloudId());
    if (failure != null || group == null) {
      return new CloudOutcome.Failed<>(failure == null ? missing(reference.cloudId()) : failure);
    }
    try {
      GroupReader reader =
          readers.computeIfAbsent(reference.cloudId(), _ -> new GroupReader(region, facts));
      return new CloudOutcome.Done<>(reader.read(reference, group, clock.instant()));
    } catch (CallFailedException failed) {
      return new CloudOutcome.Failed<>(failed.failure());
    } catch (RuntimeException malformed) {
      return new CloudOutcome.Failed<>(
          new CloudFailure(
              Cause.UNKNOWN,
              "what AWS says of " + reference.cloudId() + " cannot be read: " + malformed));
    }
  }
}
