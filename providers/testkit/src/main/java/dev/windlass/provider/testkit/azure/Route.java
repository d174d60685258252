package dev.windlass.provider.testkit.azure;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A request that the fake knows, by Azure's name of the operation. */
enum Route {
  SETS_OF_SUBSCRIPTION(
      "GET",
      "/subscriptions/[^/]+/providers/Microsoft.Compute/virtualMachineScaleSets",
      "VirtualMachineScaleSets_ListAll",
      "Microsoft.Compute/virtualMachineScaleSets/read"),
  SETS_OF_GROUP(
      "GET",
      Patterns.IN_GROUP + "/providers/Microsoft.Compute/virtualMachineScaleSets",
      "VirtualMachineScaleSets_List",
      "Microsoft.Compute/virtualMachineScaleSets/read"),
  SET(
      "GET",
      Patterns.SET,
      "VirtualMachineScaleSets_Get",
      "Microsoft.Compute/virtualMachineScaleSets/read"),
  UPDATE_SET(
      "PATCH",
      Patterns.SET,
      "VirtualMachineScaleSets_Update",
      "Microsoft.Compute/virtualMachineScaleSets/write"),
  DELETE_INSTANCES(
      "POST",
      Patterns.SET + "/delete",
      "VirtualMachineScaleSets_DeleteInstances",
      "Microsoft.Compute/virtualMachineScaleSets/delete/action"),
  INSTANCES(
      "GET",
      Patterns.SET + "/virtualMachines",
      "VirtualMachineScaleSetVMs_List",
      "Microsoft.Compute/virtualMachineScaleSets/virtualMachines/read"),
  MACHINES(
      "GET",
      Patterns.IN_GROUP + "/providers/Microsoft.Compute/virtualMachines",
      "VirtualMachines_List",
      "Microsoft.Compute/virtualMachines/read"),
  USAGES(
      "GET",
      "/subscriptions/[^/]+/providers/Microsoft.Compute/locations/[^/]+/usages",
      "Usage_List",
      "Microsoft.Compute/locations/usages/read"),
  SKUS(
      "GET",
      "/subscriptions/[^/]+/providers/Microsoft.Compute/skus",
      "ResourceSkus_List",
      "Microsoft.Compute/skus/read"),
  OPERATION(
      "GET",
      "/subscriptions/[^/]+/providers/Microsoft.Compute/locations/[^/]+/operations/(?<id>[^/]+)",
      "Operations_Get",
      "Microsoft.Compute/locations/operations/read"),
  POOL_OPERATION(
      "GET",
      "/subscriptions/[^/]+/providers/Microsoft.ContainerService/locations/[^/]+/operations/(?<id>[^/]+)",
      "PoolOperations_Get",
      "Microsoft.ContainerService/locations/operations/read"),
  RESERVATION_GROUP(
      "GET",
      Patterns.IN_GROUP + "/providers/Microsoft.Compute/capacityReservationGroups/(?<name>[^/]+)",
      "CapacityReservationGroups_Get",
      "Microsoft.Compute/capacityReservationGroups/read"),
  RESERVATIONS(
      "GET",
      Patterns.IN_GROUP
          + "/providers/Microsoft.Compute/capacityReservationGroups/(?<name>[^/]+)/capacityReservations",
      "CapacityReservations_ListByCapacityReservationGroup",
      "Microsoft.Compute/capacityReservationGroups/capacityReservations/read"),
  CLUSTER(
      "GET",
      Patterns.CLUSTER,
      "ManagedClusters_Get",
      "Microsoft.ContainerService/managedClusters/read"),
  POOLS(
      "GET",
      Patterns.CLUSTER + "/agentPools",
      "AgentPools_List",
      "Microsoft.ContainerService/managedClusters/agentPools/read"),
  POOL(
      "GET",
      Patterns.POOL,
      "AgentPools_Get",
      "Microsoft.ContainerService/managedClusters/agentPools/read"),
  UPDATE_POOL(
      "PUT",
      Patterns.POOL,
      "AgentPools_CreateOrUpdate",
      "Microsoft.ContainerService/managedClusters/agentPools/write"),
  DELETE_MACHINES(
      "POST",
      Patterns.POOL + "/deleteMachines",
      "AgentPools_DeleteMachines",
      "Microsoft.ContainerService/managedClusters/agentPools/deleteMachines/action"),
  PRICES("GET", "/api/retail/prices", "RetailPrices_List", "");

  final String operation;
  final String permission;
  private final String verb;
  private final Pattern path;

  Route(String verb, String path, String operation, String permission) {
    this.verb = verb;
    this.path = Pattern.compile(path, Pattern.CASE_INSENSITIVE);
    this.operation = operation;
    this.permission = permission;
  }

  boolean writes() {
    return !verb.equals("GET");
  }

  /** Which route a request takes. */
  static Optional<Match> of(String verb, String path) {
    for (Route route : values()) {
      Matcher matcher = route.path.matcher(path);
      if (route.verb.equals(verb) && matcher.matches()) {
        return Optional.of(new Match(route, matcher.toMatchResult()));
      }
    }
    return Optional.empty();
  }

  /** A route with the names that its path gave. */
  record Match(Route route, MatchResult names) {
    /** A part of the path; empty if the route has none of that name. */
    String name(String part) {
      Map<String, Integer> groups = names.namedGroups();
      return groups.containsKey(part) ? names.group(part) : "";
    }

    /** The group as a NodeGroup refers to it, or empty. */
    String cloudId() {
      String set = name("set");
      String resourceGroup = name("rg").toLowerCase(Locale.ROOT);
      if (!set.isEmpty()) {
        return resourceGroup + "/" + set;
      }
      return name("pool").isEmpty()
          ? ""
          : resourceGroup + "/" + name("cluster") + "/" + name("pool");
    }
  }

  private static final class Patterns {
    static final String IN_GROUP = "/subscriptions/[^/]+/resourceGroups/(?<rg>[^/]+)";
    static final String SET =
        IN_GROUP + "/providers/Microsoft.Compute/virtualMachineScaleSets/(?<set>[^/]+)";
    static final String CLUSTER =
        IN_GROUP + "/providers/Microsoft.ContainerService/managedClusters/(?<cluster>[^/]+)";
    static final String POOL = CLUSTER + "/agentPools/(?<pool>[^/]+)";
  }
}
