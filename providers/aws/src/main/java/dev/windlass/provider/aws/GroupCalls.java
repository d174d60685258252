package dev.windlass.provider.aws;

import dev.windlass.provider.aws.Pages.Page;
import dev.windlass.provider.spi.CloudOutcome;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.autoscaling.model.Activity;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.DescribeAutoScalingGroupsResponse;
import software.amazon.awssdk.services.autoscaling.model.DescribeScalingActivitiesResponse;
import software.amazon.awssdk.services.autoscaling.model.Filter;
import software.amazon.awssdk.services.autoscaling.model.LaunchInstancesResponse;
import software.amazon.awssdk.services.autoscaling.model.RetryStrategy;
import software.amazon.awssdk.services.autoscaling.model.SetDesiredCapacityResponse;
import software.amazon.awssdk.services.autoscaling.model.TerminateInstanceInAutoScalingGroupResponse;

/** The requests to Auto Scaling in one region. */
final class GroupCalls implements AutoCloseable {
  /** The service's limit of names in a request, and of groups in an answer. */
  static final int AT_ONCE = 100;

  private final AutoScalingClient client;
  private final Caller caller;

  GroupCalls(AutoScalingClient client, Predicate<String> budget) {
    this.client = client;
    this.caller = new Caller("autoscaling", budget);
  }

  /** The groups of these names that there are, 100 names at most. */
  List<AutoScalingGroup> groups(List<String> names) {
    return Pages.all(token -> {
      DescribeAutoScalingGroupsResponse page =
          caller.read(
              "DescribeAutoScalingGroups",
              "*",
              () ->
                  client.describeAutoScalingGroups(request ->
                      request.autoScalingGroupNames(names).maxRecords(AT_ONCE).nextToken(token)));
      return new Page<>(page.autoScalingGroups(), page.nextToken());
    });
  }

  /** The groups that have all of these tags, without their machines. */
  List<AutoScalingGroup> tagged(Map<String, String> tags) {
    List<Filter> filters = tags.entrySet().stream().map(GroupCalls::filter).toList();
    return Pages.all(token -> {
      DescribeAutoScalingGroupsResponse page =
          caller.read(
              "DescribeAutoScalingGroups",
              "*",
              () ->
                  client.describeAutoScalingGroups(request ->
                      request
                          .filters(filters)
                          .includeInstances(false)
                          .maxRecords(AT_ONCE)
                          .nextToken(token)));
      return new Page<>(page.autoScalingGroups(), page.nextToken());
    });
  }

  private static Filter filter(Map.Entry<String, String> tag) {
    return tag.getValue().isEmpty()
        ? Filter.builder().name("tag-key").values(tag.getKey()).build()
        : Filter.builder().name("tag:" + tag.getKey()).values(tag.getValue()).build();
  }

  /** A group's activities, the newest first, until those that were read are enough. */
  List<Activity> activities(String group, Predicate<List<Activity>> goOn) {
    return Pages.whileWanted(
        goOn,
        token -> {
          DescribeScalingActivitiesResponse page =
              caller.read(
                  "DescribeScalingActivities",
                  named(group),
                  () ->
                      client.describeScalingActivities(request ->
                          request
                              .autoScalingGroupName(group)
                              .maxRecords(AT_ONCE)
                              .nextToken(token)));
          return new Page<>(page.activities(), page.nextToken());
        });
  }

  /** Sets a group's desired capacity. */
  CloudOutcome<SetDesiredCapacityResponse> setDesired(String group, int desired) {
    return caller.change(
        "SetDesiredCapacity",
        named(group),
        () ->
            client.setDesiredCapacity(request ->
                request.autoScalingGroupName(group).desiredCapacity(desired).honorCooldown(false)));
  }

  /** Launches machines in a zone; the same token has one effect. */
  CloudOutcome<LaunchInstancesResponse> launch(String group, String zone, int count, String token) {
    return caller.change(
        "LaunchInstances",
        named(group),
        () ->
            client.launchInstances(request ->
                request
                    .autoScalingGroupName(group)
                    .availabilityZones(zone)
                    .requestedCapacity(count)
                    .retryStrategy(RetryStrategy.NONE)
                    .clientToken(token)));
  }

  /** Deletes a machine of a group and lowers its desired capacity. */
  CloudOutcome<TerminateInstanceInAutoScalingGroupResponse> terminate(
      String group, String instance) {
    return caller.change(
        "TerminateInstanceInAutoScalingGroup",
        instance + " of " + named(group),
        () ->
            client.terminateInstanceInAutoScalingGroup(
                request -> request.instanceId(instance).shouldDecrementDesiredCapacity(true)));
  }

  private static String named(String group) {
    return "Auto Scaling group " + group;
  }

  @Override
  public void close() {
    client.close();
  }
}
