package dev.windlass.provider.testkit.azure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Machine types, limits, reservations and prices as Azure writes them. */
final class CatalogueDocuments {
  private CatalogueDocuments() {}

  static List<ObjectNode> skus() {
    return VmSize.ALL.values().stream().map(CatalogueDocuments::sku).toList();
  }

  private static ObjectNode sku(VmSize size) {
    ObjectNode document =
        Documents.object()
            .put("resourceType", "virtualMachines")
            .put("name", size.name())
            .put("tier", "Standard")
            .put("size", size.name().substring("Standard_".length()))
            .put("family", size.family());
    document.putArray("locations").add(FakeScaleSet.LOCATION);
    ObjectNode location = document.putArray("locationInfo").addObject();
    location.put("location", FakeScaleSet.LOCATION);
    location.putArray("zones").add("1").add("2").add("3");
    ArrayNode capabilities = document.putArray("capabilities");
    capability(capabilities, "vCPUs", Integer.toString(size.cores()));
    capability(capabilities, "MemoryGB", Double.toString(size.memoryGib()));
    capability(capabilities, "MaxResourceVolumeMB", "65536");
    if (size.gpus() > 0) {
      capability(capabilities, "GPUs", Integer.toString(size.gpus()));
    }
    document.putArray("restrictions");
    return document;
  }

  private static void capability(ArrayNode capabilities, String name, String value) {
    capabilities.addObject().put("name", name).put("value", value);
  }

  static List<ObjectNode> usages(Stock stock, Map<String, Long> used) {
    List<ObjectNode> usages = new ArrayList<>();
    used.forEach((name, cores) -> {
      ObjectNode usage =
          Documents.object()
              .put("unit", "Count")
              .put("currentValue", cores)
              .put("limit", stock.limit(name));
      usage.putObject("name").put("value", name).put("localizedValue", name);
      usages.add(usage);
    });
    return usages;
  }

  /** A reservation of four machines of the set's type, one for each that runs taken. */
  static ObjectNode reservation(FakeScaleSet set) {
    ObjectNode document = Documents.object().put("name", set.name).put("location", "eastus");
    document.put("id", reservationId(set));
    document.putArray("zones").add(set.zones().isEmpty() ? "1" : set.zones().getFirst());
    document
        .putObject("sku")
        .put("name", set.variants.getFirst().instanceType())
        .put("capacity", 4);
    document.putObject("properties").put("provisioningState", "Succeeded");
    return document;
  }

  static ObjectNode reservationGroup(FakeScaleSet set) {
    ObjectNode document =
        Documents.object().put("name", set.reservationGroup).put("location", "eastus");
    ObjectNode reservation =
        document
            .putObject("properties")
            .putObject("instanceView")
            .putArray("capacityReservations")
            .addObject();
    reservation.put("name", set.name);
    ObjectNode utilization = reservation.putObject("utilizationInfo").put("currentCapacity", 4);
    ArrayNode allocated = utilization.putArray("virtualMachinesAllocated");
    set.vms.forEach(vm -> allocated.addObject().put("id", set.providerId(vm)));
    return document;
  }

  private static String reservationId(FakeScaleSet set) {
    return Documents.id(
        set.resourceGroup,
        "capacityReservationGroups/" + set.reservationGroup + "/capacityReservations/" + set.name);
  }

  /** The prices of the types that a filter of the price list names. */
  static ObjectNode prices(String filter) {
    ObjectNode document = Documents.object().put("BillingCurrency", "USD");
    ArrayNode items = document.putArray("Items");
    VmSize.ALL.values().stream()
        .filter(size -> filter.contains("'" + size.name() + "'"))
        .forEach(size -> {
          price(items, size, "", size.usdPerHour());
          price(items, size, " Spot", size.usdPerHour() / 4);
          price(items, size, " Low Priority", size.usdPerHour() / 5);
        });
    document.putNull("NextPageLink");
    return document;
  }

  private static void price(ArrayNode items, VmSize size, String kind, double usd) {
    for (String system : List.of("", " Windows")) {
      items
          .addObject()
          .put("currencyCode", "USD")
          .put("retailPrice", system.isEmpty() ? usd : usd * 2)
          .put("armRegionName", FakeScaleSet.LOCATION)
          .put("armSkuName", size.name())
          .put("skuName", size.name() + kind)
          .put("productName", "Virtual Machines Series" + system)
          .put("unitOfMeasure", "1 Hour")
          .put("type", "Consumption");
    }
  }
}
