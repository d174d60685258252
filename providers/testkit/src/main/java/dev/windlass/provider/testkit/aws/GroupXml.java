package dev.windlass.provider.testkit.aws;

import dev.windlass.core.model.Purchase;
import dev.windlass.core.model.Variant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What Auto Scaling answers of groups, machines and activities. */
final class GroupXml {
  private GroupXml() {}

  static String group(AwsGroup group, List<AwsMachine> machines) {
    return Xml.element("AutoScalingGroupName", group.name)
        + Xml.element("MinSize", group.min)
        + Xml.element("MaxSize", group.max)
        + Xml.element("DesiredCapacity", group.desired)
        + Xml.element("CreatedTime", "2026-01-01T00:00:00Z")
        + Xml.texts("AvailabilityZones", "member", group.zones())
        + launch(group)
        + Xml.element("CapacityRebalance", group.capacityRebalance)
        + warmPool(group)
        + Xml.list("SuspendedProcesses", "member", group.suspended, GroupXml::suspended)
        + Xml.list("Tags", "member", group.tags.entrySet(), GroupXml::tag)
        + Xml.list("Instances", "member", machines, machine -> machine(group, machine));
  }

  private static String suspended(String process) {
    return Xml.element("ProcessName", process)
        + Xml.element("SuspensionReason", "User suspended at 2026-01-01T00:00:00Z");
  }

  private static String tag(Map.Entry<String, String> tag) {
    return Xml.element("Key", tag.getKey()) + Xml.element("Value", tag.getValue());
  }

  private static String warmPool(AwsGroup group) {
    return group.warmPool < 0
        ? ""
        : Xml.wrap("WarmPoolConfiguration", Xml.element("PoolState", "Stopped"))
            + Xml.element("WarmPoolSize", group.warmPool);
  }

  private static String launch(AwsGroup group) {
    if (group.launchConfiguration) {
      return Xml.element("LaunchConfigurationName", "lc-" + group.name);
    }
    String template =
        Xml.element("LaunchTemplateId", group.template.id()) + Xml.element("Version", "$Latest");
    if (!group.isMixed()) {
      return Xml.wrap("LaunchTemplate", template);
    }
    return Xml.wrap(
        "MixedInstancesPolicy",
        Xml.wrap(
                "LaunchTemplate",
                Xml.wrap("LaunchTemplateSpecification", template) + overrides(group))
            + Xml.wrap(
                "InstancesDistribution",
                Xml.element("OnDemandBaseCapacity", 0)
                    + Xml.element("OnDemandPercentageAboveBaseCapacity", onDemandPercent(group))));
  }

  private static String overrides(AwsGroup group) {
    if (group.byRequirements) {
      return Xml.list(
          "Overrides",
          "member",
          List.of("1"),
          least ->
              Xml.wrap(
                  "InstanceRequirements",
                  Xml.wrap("VCpuCount", Xml.element("Min", least))
                      + Xml.wrap("MemoryMiB", Xml.element("Min", least))));
    }
    return Xml.list(
        "Overrides",
        "member",
        group.types(),
        type ->
            Xml.element("InstanceType", type)
                + (group.weight.isEmpty() ? "" : Xml.element("WeightedCapacity", group.weight)));
  }

  private static int onDemandPercent(AwsGroup group) {
    Set<Purchase> purchases = group.purchases();
    return !purchases.contains(Purchase.SPOT) ? 100 : purchases.size() == 1 ? 0 : 50;
  }

  private static String machine(AwsGroup group, AwsMachine machine) {
    return Xml.element("InstanceId", machine.id)
        + Xml.element("InstanceType", machine.variant.instanceType())
        + Xml.element("AvailabilityZone", machine.variant.zone())
        + Xml.element("LifecycleState", machine.state)
        + Xml.element("HealthStatus", "Healthy")
        + Xml.element("ProtectedFromScaleIn", machine.isProtected)
        + (group.weight.isEmpty() ? "" : Xml.element("WeightedCapacity", group.weight));
  }

  static String activity(AwsActivity activity) {
    return Xml.element("ActivityId", activity.id())
        + Xml.element("Description", "Launching a new EC2 instance")
        + Xml.element("StatusCode", activity.status())
        + Xml.element("StatusMessage", activity.message())
        + Xml.element("StartTime", activity.startedAt())
        + (activity.zone().isEmpty()
            ? ""
            : Xml.element("Details", "{\"Availability Zone\":\"" + activity.zone() + "\"}"))
        + Xml.element("Progress", 100);
  }

  static String launched(AwsGroup group, String token, AwsGroup.Launched launched) {
    Map<Variant, List<AwsMachine>> byVariant = new LinkedHashMap<>();
    launched
        .machines()
        .forEach(machine ->
            byVariant.computeIfAbsent(machine.variant, _ -> new ArrayList<>()).add(machine));
    return Xml.element("AutoScalingGroupName", group.name)
        + Xml.element("ClientToken", token)
        + Xml.list(
            "Instances",
            "member",
            byVariant.entrySet(),
            each ->
                place(each.getKey())
                    + Xml.texts(
                        "InstanceIds",
                        "member",
                        each.getValue().stream().map(machine -> machine.id).toList()))
        + Xml.list(
            "Errors",
            "member",
            launched.denials(),
            denial ->
                place(denial.variant())
                    + Xml.element("ErrorCode", denial.code())
                    + Xml.element("ErrorMessage", denial.message()));
  }

  private static String place(Variant variant) {
    return Xml.element("InstanceType", variant.instanceType())
        + Xml.element("MarketType", variant.purchase() == Purchase.SPOT ? "spot" : "on-demand")
        + Xml.element("SubnetId", "subnet-" + variant.zone())
        + Xml.element("AvailabilityZone", variant.zone());
  }
}
