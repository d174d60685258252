package dev.windlass.provider.testkit.gcp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Managed instance groups, zonal and regional. */
final class GroupMethods {
  private static final int MAX_BATCH = 1_000;

  private final GceState state;
  private final PageSize pages;

  GroupMethods(GceState state, PageSize pages) {
    this.state = state;
    this.pages = pages;
  }

  Map<String, Object> answer(Route route, JsonNode body) {
    return switch (route.action()) {
      case "aggregatedList" -> aggregated(route);
      case "get" -> GroupJson.group(state.group(route));
      case "listManagedInstances" -> machines(route);
      case "createInstances", "deleteInstances", "resize", "patch" -> change(route, body);
      case String other -> throw RefusedException.invalid("no method " + other);
    };
  }

  /** Groups by their location; a page may split a location. */
  private Map<String, Object> aggregated(Route route) {
    List<ManagedGroup> all =
        state.groups.values().stream()
            .filter(group -> group.project.equals(route.project()))
            .toList();
    Map<String, Object> page = Json.page(route, pages.largest(), "items", all);
    Map<String, List<Map<String, Object>>> byLocation = new LinkedHashMap<>();
    for (ManagedGroup group : all) {
      byLocation.computeIfAbsent(group.location.path(), _ -> new ArrayList<>());
    }
    for (Object group : (List<?>) page.getOrDefault("items", List.of())) {
      ManagedGroup managed = (ManagedGroup) group;
      byLocation
          .computeIfAbsent(managed.location.path(), _ -> new ArrayList<>())
          .add(GroupJson.group(managed));
    }
    Map<String, Object> items = new LinkedHashMap<>();
    byLocation.forEach(
        (location, groups) -> items.put(location, Map.of("instanceGroupManagers", groups)));
    page.put("items", items);
    page.put("kind", "compute#instanceGroupManagerAggregatedList");
    return page;
  }

  private Map<String, Object> machines(Route route) {
    ManagedGroup group = state.group(route);
    List<Map<String, Object>> shown =
        group.machines.values().stream()
            .filter(it -> !it.askedAt.plus(state.lag).isAfter(state.now()))
            .map(it -> GroupJson.machine(group, it))
            .toList();
    return Json.page(route, pages.largest(), "managedInstances", shown);
  }

  private Map<String, Object> change(Route route, JsonNode body) {
    ManagedGroup group = state.group(route);
    Optional<GceOperations.Operation> replayed = state.operations.replayed(route, state.now());
    if (replayed.isPresent()) {
      return state.operations.json(replayed.get(), state.now());
    }
    GceOperations.@Nullable Failure failure = null;
    switch (route.action()) {
      case "createInstances" -> failure = create(group, body);
      case "deleteInstances" -> delete(group, body);
      case "resize" ->
          state.resize(group, Integer.parseInt(route.query().getOrDefault("size", "-1")));
      default -> patch(group, body);
    }
    group.version++;
    String type = "compute." + route.method();
    return state.operations.json(
        state.operations.begin(route, type, group.path(), state.now(), failure), state.now());
  }

  private GceOperations.@Nullable Failure create(ManagedGroup group, JsonNode body) {
    List<String> names = new ArrayList<>();
    body.path("instances").forEach(it -> names.add(it.path("name").asString("")));
    if (names.isEmpty() || names.size() > MAX_BATCH) {
      throw RefusedException.invalid("between 1 and 1000 instances, not " + names.size());
    }
    for (String name : names) {
      if (!name.matches("[a-z]([-a-z0-9]{0,61}[a-z0-9])?")) {
        throw RefusedException.invalid("Invalid value for field 'instances.name': '" + name + "'");
      }
      if (group.machines.containsKey(name)) {
        return new GceOperations.Failure(
            409, "MEMBER_ALREADY_EXISTS", "Instance " + name + " is already a member");
      }
    }
    names.forEach(name -> state.add(group, name));
    group.target += names.size();
    return null;
  }

  private void delete(ManagedGroup group, JsonNode body) {
    boolean skips = body.path("skipInstancesOnValidationError").asBoolean(false);
    List<ManagedMachine> found = new ArrayList<>();
    for (JsonNode link : body.path("instances")) {
      ManagedMachine machine = group.machines.get(Json.last(link.asString()));
      if (machine != null
          && !machine.isLeaving()
          && !machine.isProtected
          && link.asString().contains("/zones/" + machine.variant.zone() + "/")) {
        found.add(machine);
      } else if (!skips) {
        throw RefusedException.invalid(
            "Invalid value for field 'instances': '" + link.asString() + "'");
      }
    }
    found.forEach(state::delete);
    group.target -= found.size();
  }

  private static void patch(ManagedGroup group, JsonNode body) {
    String fingerprint = body.path("fingerprint").asString("");
    if (!fingerprint.isEmpty() && !fingerprint.equals("v" + group.version)) {
      throw new RefusedException(412, "conditionNotMet", "Invalid fingerprint.");
    }
    JsonNode redistribution = body.path("updatePolicy").path("instanceRedistributionType");
    group.redistributes =
        redistribution.isMissingNode()
            ? group.redistributes
            : redistribution.asString().equals("PROACTIVE");
  }
}
