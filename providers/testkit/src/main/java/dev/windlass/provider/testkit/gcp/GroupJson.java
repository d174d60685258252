package dev.windlass.provider.testkit.gcp;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Managed groups and their machines as the API writes them. */
final class GroupJson {
  private GroupJson() {}

  static Map<String, Object> group(ManagedGroup group) {
    Map<String, Object> json = new LinkedHashMap<>();
    String place = group.location.isRegion() ? "region" : "zone";
    json.put("kind", "compute#instanceGroupManager");
    json.put("id", "" + Math.abs((long) group.id.hashCode()));
    json.put("name", group.name);
    json.put("baseInstanceName", group.name);
    json.put(place, Json.link("projects/" + group.project + "/" + group.location.path()));
    json.put("selfLink", Json.link(group.path()));
    json.put("targetSize", group.target);
    json.put("fingerprint", "v" + group.version);
    json.put("instanceTemplate", Json.link(templatePath(group)));
    json.put("versions", List.of(Map.of("instanceTemplate", Json.link(templatePath(group)))));
    json.put("currentActions", actions(group));
    json.put("status", status(group));
    json.put("listManagedInstancesResults", "PAGINATED");
    json.put(
        "updatePolicy",
        Map.of(
            "type",
            "OPPORTUNISTIC",
            "instanceRedistributionType",
            group.redistributes ? "PROACTIVE" : "NONE"));
    if (group.repairs) {
      json.put(
          "autoHealingPolicies", List.of(Map.of("initialDelaySec", 300, "healthCheck", "check")));
    }
    if (group.location.isRegion()) {
      json.put("distributionPolicy", distribution(group));
    }
    if (group.isFlexible()) {
      json.put(
          "instanceFlexibilityPolicy",
          Map.of("instanceSelections", Map.of("any", Map.of("machineTypes", group.types()))));
    }
    return json;
  }

  static String templatePath(ManagedGroup group) {
    return "projects/" + group.project + "/global/instanceTemplates/" + templateName(group);
  }

  static String templateName(ManagedGroup group) {
    return group.location.name() + "--" + group.name;
  }

  private static Map<String, Object> distribution(ManagedGroup group) {
    return Map.of(
        "targetShape",
        "BALANCED",
        "zones",
        group.zones().stream()
            .map(zone -> Map.of("zone", Json.link("projects/" + group.project + "/zones/" + zone)))
            .toList());
  }

  private static Map<String, Object> actions(ManagedGroup group) {
    Map<String, Object> actions = new LinkedHashMap<>();
    for (String action :
        List.of(
            "none",
            "creating",
            "creatingWithoutRetries",
            "recreating",
            "deleting",
            "abandoning",
            "refreshing",
            "restarting",
            "verifying")) {
      actions.put(
          action,
          group.machines.values().stream()
              .filter(it -> it.action.replace("_", "").equalsIgnoreCase(action))
              .count());
    }
    return actions;
  }

  private static Map<String, Object> status(ManagedGroup group) {
    Map<String, Object> status = new LinkedHashMap<>();
    status.put("isStable", group.isStable());
    if (group.hasAutoscaler) {
      status.put(
          "autoscaler",
          Json.link(
              "projects/"
                  + group.project
                  + "/"
                  + group.location.path()
                  + "/autoscalers/"
                  + group.name));
    }
    return status;
  }

  static Map<String, Object> machine(ManagedGroup group, ManagedMachine machine) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("instance", Json.link(machinePath(group, machine)));
    json.put("name", machine.name);
    json.put("currentAction", machine.action);
    if (machine.id != 0) {
      json.put("id", "" + machine.id);
      json.put("instanceStatus", machine.status);
    }
    if (!machine.errorCode.isEmpty()) {
      Map<String, String> error =
          Map.of("code", machine.errorCode, "message", machine.errorMessage);
      json.put("lastAttempt", Map.of("errors", Map.of("errors", List.of(error))));
    }
    json.put("version", Map.of("instanceTemplate", Json.link(templatePath(group))));
    if (group.isFlexible()) {
      json.put(
          "propertiesFromFlexibilityPolicy", Map.of("machineType", machine.variant.instanceType()));
    }
    return json;
  }

  static String machinePath(ManagedGroup group, ManagedMachine machine) {
    return "projects/"
        + group.project
        + "/zones/"
        + machine.variant.zone()
        + "/instances/"
        + machine.name;
  }

  /** A virtual machine, by the interface of instances. */
  static Map<String, Object> virtualMachine(ManagedGroup group, ManagedMachine machine) {
    String zone = "projects/" + group.project + "/zones/" + machine.variant.zone();
    Map<String, Object> scheduling = new LinkedHashMap<>();
    scheduling.put("provisioningModel", machine.isSpot() ? "SPOT" : "STANDARD");
    scheduling.put("preemptible", machine.isSpot());
    if (machine.endsAt != null) {
      scheduling.put("terminationTime", machine.endsAt.toString());
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", "" + machine.id);
    json.put("name", machine.name);
    json.put("zone", Json.link(zone));
    json.put("machineType", Json.link(zone + "/machineTypes/" + GroupJson.machineType(machine)));
    json.put("status", machine.status);
    json.put("creationTimestamp", machine.createdAt.toString());
    json.put("scheduling", scheduling);
    json.put("deletionProtection", machine.isProtected);
    json.put("guestAccelerators", CatalogueMethods.accelerators(zone, group.template));
    return json;
  }

  /** The machine type of a variant, whose name may end with attached GPUs. */
  static String machineType(ManagedMachine machine) {
    return machine.variant.instanceType().split("\\+")[0];
  }
}
