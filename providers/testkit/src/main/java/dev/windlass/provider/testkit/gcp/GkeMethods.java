package dev.windlass.provider.testkit.gcp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Clusters of GKE with their node pools. */
final class GkeMethods {
  private final GceState state;
  private final Map<String, List<GkePool>> clusters = new TreeMap<>();

  GkeMethods(GceState state) {
    this.state = state;
  }

  void put(String cluster, List<GkePool> pools) {
    clusters.put(cluster, List.copyOf(pools));
  }

  Map<String, Object> cluster(Route route) {
    List<GkePool> pools =
        clusters.get(route.project() + "/" + route.location().name() + "/" + route.name());
    if (pools == null) {
      throw RefusedException.notFound("clusters/" + route.name());
    }
    List<Map<String, Object>> json = new ArrayList<>();
    pools.forEach(pool -> json.add(json(pool)));
    return Map.of("name", route.name(), "nodePools", json);
  }

  private Map<String, Object> json(GkePool pool) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", pool.name());
    json.put("status", "RUNNING");
    json.put(
        "instanceGroupUrls",
        pool.groups().stream().map(id -> Json.link(state.group(id).path())).toList());
    json.put("config", Map.of("labels", pool.labels()));
    json.put("maxPodsConstraint", Map.of("maxPodsPerNode", "" + pool.maxPods()));
    if (pool.autoscaled()) {
      json.put(
          "autoscaling",
          Map.of("enabled", true, "minNodeCount", pool.min(), "maxNodeCount", pool.max()));
    }
    return json;
  }
}
