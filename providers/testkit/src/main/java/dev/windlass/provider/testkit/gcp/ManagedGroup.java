package dev.windlass.provider.testkit.gcp;

import dev.windlass.core.model.Variant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A managed instance group. The API keeps no bounds for it, so neither does the fake. */
final class ManagedGroup {
  final String id;
  final String project;
  final Location location;
  final String name;
  final List<Variant> variants;
  final Map<String, ManagedMachine> machines = new LinkedHashMap<>();
  final Map<String, ResizeRequest> resizeRequests = new TreeMap<>();
  GcpTemplate template;
  int target;
  int version = 1;
  boolean hasAutoscaler;
  boolean redistributes;
  boolean repairs;

  ManagedGroup(String id, String cloudId, List<Variant> variants) {
    String[] parts = cloudId.split("/");
    this.id = id;
    this.project = parts[0];
    this.location = new Location(parts[1]);
    this.name = parts[2];
    this.variants = List.copyOf(variants);
    this.template = GcpTemplate.PLAIN;
  }

  String path() {
    return "projects/" + project + "/" + location.path() + "/instanceGroupManagers/" + name;
  }

  /** Whether it chooses among machine types. */
  boolean isFlexible() {
    return types().size() > 1;
  }

  List<String> types() {
    return variants.stream().map(Variant::instanceType).distinct().toList();
  }

  List<String> zones() {
    return location.isRegion()
        ? variants.stream().map(Variant::zone).distinct().toList()
        : List.of(location.name());
  }

  long count(String action) {
    return machines.values().stream().filter(it -> it.action.equals(action)).count();
  }

  boolean isStable() {
    return machines.size() == target && count("NONE") == target;
  }
}
