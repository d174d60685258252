package dev.windlass.provider.testkit.aws;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Auto Scaling: the four methods that the provider calls, with the service's own checks. */
final class GroupActions {
  private final Map<String, FakeGroup> groups;
  private final int pageSize;

  GroupActions(Map<String, FakeGroup> groups, int pageSize) {
    this.groups = groups;
    this.pageSize = pageSize;
  }

  String answer(AwsRequest request) {
    String result =
        switch (request.action()) {
          case "DescribeAutoScalingGroups" -> describe(request);
          case "DescribeScalingActivities" -> activities(request);
          case "SetDesiredCapacity" -> setDesired(request);
          case "TerminateInstanceInAutoScalingGroup" -> terminate(request);
          case String other -> throw new RefusedException("InvalidAction", "no action " + other);
        };
    return Xml.queryAnswer(request.action(), result);
  }

  private String describe(AwsRequest request) {
    List<FakeGroup> asked =
        request.list("AutoScalingGroupNames.member.").stream()
            .flatMap(name -> Optional.ofNullable(groups.get(name)).stream())
            .toList();
    return Xml.list("AutoScalingGroups", "member", asked, GroupActions::group);
  }

  private static String group(FakeGroup group) {
    return Xml.element("AutoScalingGroupName", group.name)
        + Xml.element("MinSize", group.min)
        + Xml.element("MaxSize", group.max)
        + Xml.element("DesiredCapacity", group.desired)
        + Xml.element("CreatedTime", "2026-01-01T00:00:00Z")
        + Xml.list("Instances", "member", group.instances, instance -> instance(group, instance));
  }

  private static String instance(FakeGroup group, FakeInstance instance) {
    return Xml.element("InstanceId", instance.id())
        + Xml.element("InstanceType", instance.type())
        + Xml.element("AvailabilityZone", instance.zone())
        + Xml.element("LifecycleState", instance.state())
        + Xml.element("HealthStatus", "Healthy")
        + Xml.element("ProtectedFromScaleIn", false)
        + (group.weight.isEmpty() ? "" : Xml.element("WeightedCapacity", group.weight));
  }

  private String activities(AwsRequest request) {
    List<FakeActivity> all = named(request).activities();
    int end = Math.min(all.size(), request.offset() + pageSize);
    String page =
        Xml.list(
            "Activities", "member", all.subList(request.offset(), end), GroupActions::activity);
    return end == all.size() ? page : page + Xml.element("NextToken", end);
  }

  private static String activity(FakeActivity activity) {
    return Xml.element("ActivityId", activity.id())
        + Xml.element("Description", "Launching a new EC2 instance")
        + Xml.element("StatusCode", activity.status())
        + Xml.element("StatusMessage", activity.message())
        + Xml.element("StartTime", activity.startedAt())
        + Xml.element("Progress", 100);
  }

  private String setDesired(AwsRequest request) {
    FakeGroup group = named(request);
    int wanted = Integer.parseInt(request.parameter("DesiredCapacity").orElse("-1"));
    if (wanted < group.min || wanted > group.max) {
      throw new RefusedException(
          "ValidationError",
          "New SetDesiredCapacity value "
              + wanted
              + (wanted > group.max ? " is above max value " : " is below min value ")
              + (wanted > group.max ? group.max : group.min)
              + " for the AutoScalingGroup.");
    }
    group.desired = wanted;
    return "";
  }

  private String terminate(AwsRequest request) {
    String id = request.parameter("InstanceId").orElse("");
    for (FakeGroup group : groups.values()) {
      for (int i = 0; i < group.instances.size(); i++) {
        if (group.instances.get(i).id().equals(id)) {
          return terminate(group, i, request);
        }
      }
    }
    throw new RefusedException(
        "ValidationError",
        "Instance Id not found - No managed instance found for instance ID " + id);
  }

  private static String terminate(FakeGroup group, int index, AwsRequest request) {
    if (request.parameter("ShouldDecrementDesiredCapacity").orElse("").equals("true")) {
      if (group.desired == group.min) {
        throw new RefusedException(
            "ValidationError",
            "Currently, desiredSize equals minSize (" + group.min + "): termination refused.");
      }
      group.desired--;
    }
    FakeInstance instance = group.instances.get(index).in("Terminating");
    group.instances.set(index, instance);
    return "<Activity>"
        + Xml.element("ActivityId", "terminate-" + instance.id())
        + Xml.element("StatusCode", "InProgress")
        + "</Activity>";
  }

  private FakeGroup named(AwsRequest request) {
    String name = request.parameter("AutoScalingGroupName").orElse("");
    FakeGroup group = groups.get(name);
    if (group == null) {
      throw new RefusedException(
          "ValidationError", "AutoScalingGroup name not found - " + name + " not found");
    }
    return group;
  }
}
