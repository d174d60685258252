package dev.windlass.provider.testkit.gcp;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the provider reads beside groups: machines, types, templates, limits, reservations. */
final class CatalogueMethods {
  private static final int USUAL_CPUS = 100_000;

  private final GceState state;
  private final PageSize pages;
  private final List<GcpReservation> reservations = new ArrayList<>();

  CatalogueMethods(GceState state, PageSize pages) {
    this.state = state;
    this.pages = pages;
  }

  void add(GcpReservation reservation) {
    reservations.add(reservation);
  }

  Map<String, Object> answer(Route route) {
    return switch (route.method()) {
      case "instances.list" -> instances(route);
      case "instances.get" -> instance(route);
      case "machineTypes.get" -> machineType(route);
      case "instanceTemplates.get", "regionInstanceTemplates.get" -> template(route);
      case "regions.get" -> region(route);
      case "reservations.list" -> reservations(route);
      case "zoneOperations.get",
          "regionOperations.get",
          "zoneOperations.wait",
          "regionOperations.wait" ->
          state.operations.json(state.operations.get(route, state.now()), state.now());
      case String other -> throw RefusedException.notFound(other);
    };
  }

  private Map<String, Object> instances(Route route) {
    return Json.page(
        route,
        pages.largest(),
        "items",
        state.virtualMachines(route.project(), route.location().name()).stream()
            .map(it -> GroupJson.virtualMachine(it.group(), it.machine()))
            .toList());
  }

  private Map<String, Object> instance(Route route) {
    GceState.Place place =
        state.virtualMachine(route.project(), route.location().name(), route.name());
    if (place == null) {
      throw RefusedException.notFound("instances/" + route.name());
    }
    return GroupJson.virtualMachine(place.group(), place.machine());
  }

  private static Map<String, Object> machineType(Route route) {
    MachineTypes.Type type =
        MachineTypes.find(route.name())
            .orElseThrow(() -> RefusedException.notFound("machineTypes/" + route.name()));
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", route.name());
    json.put("guestCpus", type.cpus());
    json.put("memoryMb", type.memoryMib());
    json.put("isSharedCpu", type.shared());
    json.put(
        "architecture",
        route.name().startsWith("t2a") || route.name().startsWith("c4a") ? "ARM64" : "X86_64");
    if (type.accelerators() > 0) {
      json.put(
          "accelerators",
          List.of(
              Map.of(
                  "guestAcceleratorType", type.accelerator(),
                  "guestAcceleratorCount", type.accelerators())));
    }
    return json;
  }

  private Map<String, Object> template(Route route) {
    ManagedGroup group =
        state.groups.values().stream()
            .filter(it -> it.project.equals(route.project()))
            .filter(it -> GroupJson.templateName(it).equals(route.name()))
            .findFirst()
            .orElseThrow(() -> RefusedException.notFound("instanceTemplates/" + route.name()));
    GcpTemplate template = group.template;
    boolean spot = group.variants.getFirst().purchase() == dev.windlass.core.model.Purchase.SPOT;
    List<Map<String, Object>> disks = new ArrayList<>();
    disks.add(
        Map.of(
            "boot", true, "initializeParams", Map.of("diskSizeGb", "" + template.bootDiskGib())));
    for (int i = 0; i < template.localSsds(); i++) {
      disks.add(Map.of("type", "SCRATCH", "diskSizeGb", "375"));
    }
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("machineType", group.variants.getFirst().instanceType().split("\\+")[0]);
    properties.put("labels", template.labels());
    properties.put("disks", disks);
    properties.put(
        "scheduling", Map.of("provisioningModel", spot ? "SPOT" : "STANDARD", "preemptible", spot));
    properties.put("guestAccelerators", accelerators("", template));
    if (!template.kubeEnv().isEmpty()) {
      properties.put(
          "metadata",
          Map.of("items", List.of(Map.of("key", "kube-env", "value", template.kubeEnv()))));
    }
    return Map.of(
        "name",
        route.name(),
        "selfLink",
        Json.link(GroupJson.templatePath(group)),
        "properties",
        properties);
  }

  static List<Map<String, Object>> accelerators(String zone, GcpTemplate template) {
    String prefix = zone.isEmpty() ? "" : Json.link(zone + "/acceleratorTypes/");
    return template.accelerators().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(it ->
            Map.<String, Object>of(
                "acceleratorType", prefix + it.getKey(), "acceleratorCount", it.getValue()))
        .toList();
  }

  private Map<String, Object> region(Route route) {
    List<Map<String, Object>> quotas = new ArrayList<>();
    long cpus = cpus(route, "");
    quotas.add(Map.of("metric", "INSTANCES", "limit", 50_000.0, "usage", (double) machines(route)));
    state.stock.limits().stream()
        .sorted(Comparator.comparing(Stock.Limit::metric))
        .forEach(it ->
            quotas.add(
                Map.of(
                    "metric", it.metric(),
                    "limit", (double) it.cpus(),
                    "usage", (double) cpus(route, it.metric()))));
    if (state.stock.limits().stream().noneMatch(it -> it.metric().equals("CPUS"))) {
      quotas.add(Map.of("metric", "CPUS", "limit", (double) USUAL_CPUS, "usage", (double) cpus));
    }
    return Map.of("name", route.location().name(), "quotas", quotas);
  }

  private long machines(Route route) {
    return state.groups.values().stream()
        .filter(it -> it.project.equals(route.project()))
        .filter(it -> it.location.region().equals(route.location().name()))
        .flatMap(it -> it.machines.values().stream())
        .filter(it -> it.id != 0)
        .count();
  }

  /** Processors in use, of a family if the metric is one's. */
  private long cpus(Route route, String metric) {
    return state.groups.values().stream()
        .filter(it -> it.project.equals(route.project()))
        .filter(it -> it.location.region().equals(route.location().name()))
        .flatMap(it -> it.machines.values().stream())
        .filter(it -> it.id != 0)
        .filter(it ->
            metric.isEmpty()
                || state.stock.limits().stream()
                    .anyMatch(
                        limit -> limit.metric().equals(metric) && limit.scope().covers(it.variant)))
        .mapToLong(it ->
            MachineTypes.find(it.variant.instanceType()).map(MachineTypes.Type::cpus).orElse(4))
        .sum();
  }

  private Map<String, Object> reservations(Route route) {
    return Json.page(
        route,
        pages.largest(),
        "items",
        reservations.stream()
            .filter(it -> it.zone().equals(route.location().name()))
            .map(CatalogueMethods::json)
            .toList());
  }

  private static Map<String, Object> json(GcpReservation reservation) {
    return Map.of(
        "name", reservation.name(),
        "zone", reservation.zone(),
        "status", reservation.ready() ? "READY" : "CREATING",
        "specificReservation",
            Map.of(
                "count", "" + reservation.count(),
                "inUseCount", "" + reservation.inUse(),
                "instanceProperties", Map.of("machineType", reservation.machineType())));
  }
}
