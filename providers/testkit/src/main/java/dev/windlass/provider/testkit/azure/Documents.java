package dev.windlass.provider.testkit.azure;

import dev.windlass.core.model.Purchase;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Scale sets, machines, node pools and operations as Resource Manager writes them. */
final class Documents {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private Documents() {}

  static ObjectNode object() {
    return JSON.createObjectNode();
  }

  static ArrayNode array(List<ObjectNode> items) {
    ArrayNode array = JSON.createArrayNode();
    items.forEach(array::add);
    return array;
  }

  static ObjectNode error(ArmError error) {
    ObjectNode document = object();
    fill(document.putObject("error"), error);
    return document;
  }

  private static void fill(ObjectNode node, ArmError error) {
    node.put("code", error.code()).put("message", error.message());
    node.putArray("details");
    node.putObject("innererror").put("exceptiontype", error.code());
  }

  /** A scale set; lists write its resource group in capitals. */
  static ObjectNode scaleSet(FakeScaleSet set, boolean listed) {
    String resourceGroup = listed ? set.resourceGroup.toUpperCase(Locale.ROOT) : set.resourceGroup;
    ObjectNode document = object();
    document
        .put("name", set.name)
        .put("id", id(resourceGroup, "virtualMachineScaleSets/" + set.name))
        .put("type", "Microsoft.Compute/virtualMachineScaleSets")
        .put("location", FakeScaleSet.LOCATION)
        .put("etag", set.etag());
    set.tags.forEach(document.putObject("tags")::put);
    document
        .putObject("sku")
        .put("name", type(set))
        .put("tier", "Standard")
        .put("capacity", set.capacity);
    set.zones().forEach(document.putArray("zones")::add);
    ObjectNode properties = document.putObject("properties");
    properties
        .put("provisioningState", set.provisioningState())
        .put("orchestrationMode", set.flexible ? "Flexible" : "Uniform")
        .put("overprovision", set.overprovision)
        .put("zoneBalance", set.zoneBalance)
        .put("uniqueId", "5e7" + Integer.toHexString(set.cloudId.hashCode()));
    ObjectNode profile = properties.putObject("virtualMachineProfile");
    profile.put("priority", set.isSpot() ? "Spot" : "Regular");
    if (!set.reservationGroup.isEmpty()) {
      profile
          .putObject("capacityReservation")
          .putObject("capacityReservationGroup")
          .put("id", id(set.resourceGroup, "capacityReservationGroups/" + set.reservationGroup));
    }
    return document;
  }

  private static String type(FakeScaleSet set) {
    List<String> types = set.variants.stream().map(each -> each.instanceType()).distinct().toList();
    return types.size() == 1 ? types.getFirst() : "Mix";
  }

  static ObjectNode machine(FakeScaleSet set, FakeVm vm) {
    ObjectNode document = object();
    String type = vm.variant.instanceType();
    ObjectNode properties = document.putObject("properties");
    if (set.flexible) {
      document.put("name", vm.id).put("id", id(set.resourceGroup, "virtualMachines/" + vm.id));
      properties.putObject("hardwareProfile").put("vmSize", type);
      properties.put("priority", vm.variant.purchase() == Purchase.SPOT ? "Spot" : "Regular");
      properties
          .putObject("virtualMachineScaleSet")
          .put("id", id(set.resourceGroup, "virtualMachineScaleSets/" + set.name));
    } else {
      String path = "virtualMachineScaleSets/" + set.name + "/virtualMachines/" + vm.id;
      document
          .put("name", set.name + "_" + vm.id)
          .put("instanceId", vm.id)
          .put("id", id(set.resourceGroup.toUpperCase(Locale.ROOT), path));
      document.putObject("sku").put("name", type).put("tier", "Standard");
      properties.putObject("protectionPolicy").put("protectFromScaleIn", vm.protectedFromScaleIn);
    }
    String zone = vm.variant.zone();
    if (zone.contains("-")) {
      document.putArray("zones").add(zone.substring(zone.lastIndexOf('-') + 1));
    }
    document.put("location", FakeScaleSet.LOCATION);
    properties
        .put("vmId", vm.vmId)
        .put("provisioningState", provisioningState(vm))
        .put("timeCreated", vm.createdAt.toString());
    properties.putObject("osProfile").put("computerName", set.computerName(vm));
    statuses(properties.putObject("instanceView").putArray("statuses"), vm);
    return document;
  }

  private static String provisioningState(FakeVm vm) {
    return switch (vm.status) {
      case CREATING -> "Creating";
      case RUNNING, DEALLOCATED -> "Succeeded";
      case FAILED -> "Failed";
      case DELETING -> "Deleting";
    };
  }

  private static void statuses(ArrayNode statuses, FakeVm vm) {
    ObjectNode provisioning = statuses.addObject();
    ArmError error = vm.error;
    provisioning
        .put(
            "code",
            error == null
                ? "ProvisioningState/" + provisioningState(vm).toLowerCase(Locale.ROOT)
                : "ProvisioningState/failed/" + error.code())
        .put("level", error == null ? "Info" : "Error")
        .put("displayStatus", provisioningState(vm));
    if (error != null) {
      provisioning.put("message", error.message());
    }
    @Nullable String power =
        switch (vm.status) {
          case RUNNING -> "running";
          case DEALLOCATED -> "deallocated";
          case DELETING -> vm.ranBefore ? "running" : null;
          case CREATING -> null;
          case FAILED -> vm.ranBefore ? "running" : null;
        };
    if (power != null) {
      statuses.addObject().put("code", "PowerState/" + power).put("level", "Info");
    }
  }

  static ObjectNode pool(FakeScaleSet set) {
    ObjectNode document = object();
    String name = set.cloudId.substring(set.cloudId.lastIndexOf('/') + 1);
    String[] cluster = set.cluster().split("/", -1);
    document
        .put("name", name)
        .put(
            "id",
            FakeScaleSet.prefix(cluster[0])
                + "/providers/Microsoft.ContainerService/managedClusters/"
                + cluster[1]
                + "/agentPools/"
                + name);
    ObjectNode properties = document.putObject("properties");
    properties
        .put("count", set.capacity)
        .put("eTag", set.etag())
        .put("vmSize", type(set))
        .put("maxPods", 110)
        .put("mode", "User")
        .put("type", "VirtualMachineScaleSets")
        .put("provisioningState", set.current == null ? set.provisioningState() : "Scaling")
        .put("scaleSetPriority", set.isSpot() ? "Spot" : "Regular");
    properties.putObject("powerState").put("code", "Running");
    set.tags.forEach(properties.putObject("tags")::put);
    properties.putObject("nodeLabels").put("pool", name);
    properties.putArray("nodeTaints").add("dedicated=" + name + ":NoSchedule");
    set.zones().forEach(properties.putArray("availabilityZones")::add);
    return document;
  }

  static ObjectNode operation(FakeOperation operation) {
    ObjectNode document =
        object()
            .put("name", operation.id)
            .put("startTime", operation.startedAt.toString())
            .put("status", operation.status);
    if (operation.endedAt != null) {
      document.put("endTime", operation.endedAt.toString());
    }
    if (operation.error != null) {
      fill(document.putObject("error"), operation.error);
    }
    return document;
  }

  static String id(String resourceGroup, String path) {
    return FakeScaleSet.prefix(resourceGroup) + "/providers/Microsoft.Compute/" + path;
  }
}
