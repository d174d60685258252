package dev.windlass.provider.testkit.aws;

import dev.windlass.core.model.Purchase;
import dev.windlass.provider.testkit.aws.AwsRequest.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Auto Scaling's methods, with the service's own checks. */
final class GroupActions {
  private static final int MAX_LAUNCH = 100;

  private final Scaling scaling;
  private final Sight sight;

  GroupActions(Scaling scaling, Sight sight) {
    this.scaling = scaling;
    this.sight = sight;
  }

  String answer(AwsRequest request) {
    String result =
        switch (request.action()) {
          case "DescribeAutoScalingGroups" -> describe(request);
          case "DescribeScalingActivities" -> activities(request);
          case "SetDesiredCapacity" -> setDesired(request);
          case "LaunchInstances" -> launch(request);
          case "TerminateInstanceInAutoScalingGroup" -> terminate(request);
          case String other -> throw new RefusedException("InvalidAction", "no action " + other);
        };
    return Xml.queryAnswer(request.action(), result);
  }

  private String describe(AwsRequest request) {
    List<String> names = request.list("AutoScalingGroupNames.member.");
    int size = request.number("MaxRecords", 50);
    if (names.size() > 100 || size > 100) {
      throw RefusedException.validation("at most 100 names and 100 records");
    }
    Map<String, List<String>> filters = request.filters("Filters.member.", ".Values.member.");
    boolean withInstances = !request.text("IncludeInstances").equals("false");
    List<AwsGroup> asked =
        scaling.groups.values().stream()
            .filter(group -> names.isEmpty() || names.contains(group.name))
            .filter(group -> filters.entrySet().stream().allMatch(each -> fits(group, each)))
            .toList();
    Page<AwsGroup> page = request.page(asked, Math.min(size, sight.groupsOnPage));
    return Xml.list(
            "AutoScalingGroups",
            "member",
            page.items(),
            group -> GroupXml.group(group, withInstances ? sight.of(group) : List.of()))
        + page.token("NextToken");
  }

  private static boolean fits(AwsGroup group, Map.Entry<String, List<String>> filter) {
    String name = filter.getKey();
    if (name.equals("tag-key")) {
      return filter.getValue().stream().anyMatch(group.tags::containsKey);
    }
    String value = group.tags.get(name.substring("tag:".length()));
    return value != null && filter.getValue().contains(value);
  }

  private String activities(AwsRequest request) {
    Page<AwsActivity> page = request.page(named(request).activities(), sight.activitiesOnPage);
    return Xml.list("Activities", "member", page.items(), GroupXml::activity)
        + page.token("NextToken");
  }

  private String setDesired(AwsRequest request) {
    AwsGroup group = named(request);
    int wanted = request.number("DesiredCapacity", -1);
    requireInBounds(group, wanted);
    group.desired = wanted;
    return "";
  }

  private static void requireInBounds(AwsGroup group, int wanted) {
    if (wanted < group.min || wanted > group.max) {
      throw RefusedException.validation(
          "New SetDesiredCapacity value "
              + wanted
              + (wanted > group.max ? " is above max value " : " is below min value ")
              + (wanted > group.max ? group.max : group.min)
              + " for the AutoScalingGroup.");
    }
  }

  private String launch(AwsRequest request) {
    AwsGroup group = named(request);
    String token = request.text("ClientToken");
    AwsGroup.Launched before = group.tokens.get(token);
    if (before != null) {
      return GroupXml.launched(group, token, before);
    }
    int count = request.number("RequestedCapacity", 0);
    String zone = zone(request, group);
    requireLaunchable(group, count);
    List<AwsMachine> machines = new ArrayList<>();
    List<Denial> denials = new ArrayList<>();
    while (machines.size() < count && denials.isEmpty()) {
      List<Denial> denied = new ArrayList<>();
      Optional<AwsMachine> machine = scaling.launch(group, zone, denied);
      machine.ifPresentOrElse(machines::add, () -> denials.addAll(denied));
      if (machine.isEmpty() && denied.isEmpty()) {
        throw RefusedException.validation("no override of the group is in " + zone);
      }
    }
    group.desired += machines.size();
    AwsGroup.Launched launched = new AwsGroup.Launched(machines, denials);
    group.tokens.put(token, launched);
    return GroupXml.launched(group, token, launched);
  }

  private static String zone(AwsRequest request, AwsGroup group) {
    String zone = request.text("AvailabilityZones.member.1");
    if (zone.isEmpty() && group.zones().size() > 1) {
      throw RefusedException.validation("a group of several zones needs AvailabilityZones");
    }
    if (!zone.isEmpty() && !group.zones().contains(zone)) {
      throw RefusedException.validation("the group is not in " + zone);
    }
    return zone.isEmpty() ? group.zones().getFirst() : zone;
  }

  private static void requireLaunchable(AwsGroup group, int count) {
    boolean mixesPurchases =
        group.purchases().contains(Purchase.SPOT) && group.purchases().size() > 1;
    if (group.launchConfiguration || mixesPurchases || count < 1 || count > MAX_LAUNCH) {
      throw RefusedException.validation("LaunchInstances cannot be used so with this group");
    }
    requireInBounds(group, group.desired + count);
  }

  private String terminate(AwsRequest request) {
    String id = request.text("InstanceId");
    for (AwsGroup group : scaling.groups.values()) {
      AwsMachine machine = group.machines.get(id);
      if (machine != null) {
        return terminate(group, machine, request.text("ShouldDecrementDesiredCapacity"));
      }
    }
    throw RefusedException.validation(
        "Instance Id not found - No managed instance found for instance ID " + id);
  }

  private String terminate(AwsGroup group, AwsMachine machine, String decrement) {
    if (decrement.equals("true")) {
      if (group.desired <= group.min) {
        throw RefusedException.validation(
            "Currently, desiredSize equals minSize ("
                + group.min
                + "). Terminating instance without replacement will violate group's min size"
                + " constraint. Either set shouldDecrementDesiredCapacity flag to false or lower"
                + " group's min size.");
      }
      group.desired--;
    }
    scaling.terminate(group, machine, "asked for");
    return Xml.wrap(
        "Activity",
        Xml.element("ActivityId", "terminate-" + machine.id)
            + Xml.element("StatusCode", "InProgress"));
  }

  private AwsGroup named(AwsRequest request) {
    String name = request.text("AutoScalingGroupName");
    AwsGroup group = scaling.groups.get(name);
    if (group == null) {
      throw RefusedException.validation("AutoScalingGroup name not found - " + name + " not found");
    }
    return group;
  }
}
