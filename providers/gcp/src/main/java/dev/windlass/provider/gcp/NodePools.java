package dev.windlass.provider.gcp;

import dev.windlass.provider.spi.GroupView.Remark;
import dev.windlass.provider.spi.GroupView.Remark.Kind;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The node pools of the configured GKE cluster by their managed groups, read again every few
 * minutes; while they cannot be read, the last ones hold.
 */
final class NodePools {
  private static final Duration KEPT = Duration.ofMinutes(5);

  private final RestCalls calls;
  private final boolean configured;
  private final InstantSource clock;
  private Map<ManagerId, Pool> pools = Map.of();
  private String problem = "";
  private @Nullable Instant readAt;

  NodePools(RestCalls calls, GcpSettings settings, InstantSource clock) {
    this.calls = calls;
    this.configured = !settings.cluster().isEmpty();
    this.clock = clock;
  }

  /**
   * A node pool.
   *
   * @param name its name
   * @param autoscaled whether GKE's own autoscaler changes it
   * @param min its smallest size in each zone, as that autoscaler has it
   * @param max its largest
   * @param maxPods of a node; zero if it is not told
   */
  record Pool(String name, boolean autoscaled, int min, int max, int maxPods) {}

  /** The pool that a group belongs to. */
  Optional<Pool> of(ManagerId group) {
    return Optional.ofNullable(all().get(group));
  }

  /** What a person should know of a group's pool. */
  List<Remark> remarks(ManagerId group) {
    Optional<Pool> pool = of(group).filter(Pool::autoscaled);
    if (pool.isPresent()) {
      return List.of(
          new Remark(
              Kind.RIVAL,
              "GKE's autoscaler is on for node pool " + pool.get().name() + ": turn it off"));
    }
    return problem.isEmpty()
        ? List.of()
        : List.of(new Remark(Kind.HEALTH, "the GKE cluster cannot be read: " + problem));
  }

  private synchronized Map<ManagerId, Pool> all() {
    Instant now = clock.instant();
    if (configured && (readAt == null || !now.isBefore(readAt.plus(KEPT)))) {
      readAt = now;
      try {
        pools = byGroup(calls.nodePools());
        problem = "";
      } catch (CallFailedException failed) {
        problem = failed.failure().message();
      }
    }
    return pools;
  }

  private static Map<ManagerId, Pool> byGroup(List<JsonNode> nodePools) {
    Map<ManagerId, Pool> byGroup = new HashMap<>();
    for (JsonNode each : nodePools) {
      JsonNode autoscaling = each.path("autoscaling");
      Pool pool =
          new Pool(
              each.path("name").asString(""),
              autoscaling.path("enabled").asBoolean(false),
              autoscaling.path("minNodeCount").asInt(0),
              autoscaling.path("maxNodeCount").asInt(0),
              each.path("maxPodsConstraint").path("maxPodsPerNode").asInt(0));
      for (JsonNode link : each.path("instanceGroupUrls")) {
        byGroup.put(ManagerId.ofLink(link.asString()), pool);
      }
    }
    return byGroup;
  }
}
