package dev.windlass.provider.gcp;

import com.google.cloud.compute.v1.InstanceGroupManager;
import dev.windlass.core.model.CloudFailure.Cause;
import dev.windlass.provider.spi.Discovery.Found;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds groups by the labels of their instance templates, to which GKE adds the cluster and the
 * node pool. Managed groups have no bounds: a template's labels {@code windlass-min} and {@code
 * windlass-max} name them, or the node pool does. The tag {@value #NAME_PREFIX} asks for groups
 * whose names begin so, as Cluster Autoscaler's discovery does.
 */
final class GroupSearch {
  static final String NAME_PREFIX = "namePrefix";
  static final int USUAL_MAX = 1_000;
  private static final String MIN = "windlass-min";
  private static final String MAX = "windlass-max";

  private final ComputeCalls calls;
  private final InstanceTemplates templates;
  private final NodePools pools;
  private final GcpSettings settings;

  GroupSearch(
      ComputeCalls calls, InstanceTemplates templates, NodePools pools, GcpSettings settings) {
    this.calls = calls;
    this.templates = templates;
    this.pools = pools;
    this.settings = settings;
  }

  List<Found> find(String region, Map<String, String> tags) {
    if (settings.project().isEmpty()) {
      throw CallFailedException.refused(
          Cause.CONFIG, "no project to look for groups in: name one in the settings of gcp");
    }
    Map<ManagerId, InstanceGroupManager> candidates = new HashMap<>();
    calls
        .managers(settings.project())
        .byId()
        .forEach((id, manager) -> {
          boolean here = region.isEmpty() || id.region().equals(region);
          if (here && id.name().startsWith(tags.getOrDefault(NAME_PREFIX, ""))) {
            candidates.put(id, manager);
          }
        });
    Map<ManagerId, Found> found = new ConcurrentHashMap<>();
    Parallel.each(
        candidates.entrySet(),
        it ->
            matching(it.getKey(), it.getValue(), tags)
                .ifPresent(group -> found.put(it.getKey(), group)));
    List<Found> sorted = new ArrayList<>(found.values());
    sorted.sort(Comparator.comparing(Found::cloudId));
    return sorted;
  }

  private Optional<Found> matching(
      ManagerId id, InstanceGroupManager manager, Map<String, String> tags) {
    Map<String, String> labels = labels(manager);
    boolean fits =
        tags.entrySet().stream()
            .filter(it -> !it.getKey().equals(NAME_PREFIX))
            .allMatch(it ->
                labels.containsKey(it.getKey())
                    && (it.getValue().isEmpty() || it.getValue().equals(labels.get(it.getKey()))));
    if (!fits) {
      return Optional.empty();
    }
    Optional<NodePools.Pool> pool = pools.of(id).filter(NodePools.Pool::autoscaled);
    return Optional.of(
        new Found(
            id.project() + "/" + id.location() + "/" + id.name(),
            id.region(),
            bound(labels, MIN, pool.map(NodePools.Pool::min).orElse(0)),
            bound(labels, MAX, pool.map(NodePools.Pool::max).orElse(USUAL_MAX)),
            labels));
  }

  /** A template that cannot be read has no labels, so that its group fits by its name alone. */
  private Map<String, String> labels(InstanceGroupManager manager) {
    try {
      return templates.of(manager.getInstanceTemplate()).labels();
    } catch (CallFailedException failed) {
      if (failed.failure().cause() == Cause.NOT_FOUND || failed.failure().cause() == Cause.CONFIG) {
        return Map.of();
      }
      throw failed;
    }
  }

  private static int bound(Map<String, String> labels, String name, int usual) {
    String text = labels.getOrDefault(name, "");
    return text.matches("\\d{1,6}") ? Integer.parseInt(text) : usual;
  }
}
