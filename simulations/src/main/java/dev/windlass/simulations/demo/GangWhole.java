package dev.windlass.simulations.demo;

import dev.windlass.simulations.cloud.CloudOrder;
import dev.windlass.simulations.cloud.Fleet;
import dev.windlass.simulations.world.Pods;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The training gang got all its places at once: one order of machines, all pods bound together. */
final class GangWhole implements AuditRule {
  private static final String GANG = "scheduling.x-k8s.io/pod-group";

  /** Bindings of one pass of the scheduler are this close together, on a busy machine too. */
  private static final Duration TOGETHER = Duration.ofSeconds(3);

  private final String gang;
  private final int size;
  private final String group;
  private final Fleet cloud;
  private final InstantSource clock;
  private final Map<String, Instant> boundAt = new TreeMap<>();

  /**
   * Watches one gang.
   *
   * @param gang its PodGroup's name
   * @param size how many pods it has
   * @param group the node group that its machines come from
   */
  GangWhole(String gang, int size, String group, Fleet cloud, InstantSource clock) {
    this.gang = gang;
    this.size = size;
    this.group = group;
    this.cloud = cloud;
    this.clock = clock;
  }

  @Override
  public synchronized void podChanged(Change<Pod> change) {
    Pod pod = change.latest();
    Map<String, String> labels = pod.getMetadata().getLabels();
    if (labels != null && gang.equals(labels.get(GANG)) && !Pods.node(pod).isEmpty()) {
      boundAt.putIfAbsent(Pods.key(pod), clock.instant());
    }
  }

  @Override
  public synchronized String promise() {
    return "gang %s got all %d places at once, from one order of machines".formatted(gang, size);
  }

  @Override
  public synchronized List<String> violations() {
    List<String> violations = new ArrayList<>();
    if (boundAt.size() != size) {
      violations.add(boundAt.size() + " of its " + size + " pods were bound");
    } else {
      Instant first = boundAt.values().stream().min(Instant::compareTo).orElseThrow();
      Instant last = boundAt.values().stream().max(Instant::compareTo).orElseThrow();
      if (Duration.between(first, last).compareTo(TOGETHER) > 0) {
        violations.add("its pods were bound " + Duration.between(first, last) + " apart");
      }
    }
    List<CloudOrder> orders =
        cloud.orders().stream()
            .filter(order -> order.group().value().equals(group) && order.to() > order.from())
            .toList();
    if (orders.size() != 1) {
      violations.add("its machines came from " + orders.size() + " orders");
    }
    return violations;
  }
}
