package dev.windlass.simulations.world;

import io.fabric8.kubernetes.api.model.Node;

/** Questions about Node objects. */
public final class Nodes {
  private Nodes() {}

  /** Whether its Ready condition is True. */
  public static boolean isReady(Node node) {
    return node.getStatus() != null
        && node.getStatus().getConditions().stream()
            .anyMatch(condition ->
                "Ready".equals(condition.getType()) && "True".equals(condition.getStatus()));
  }

  /** Whether it has a taint with this key. */
  public static boolean hasTaint(Node node, String key) {
    return node.getSpec().getTaints().stream().anyMatch(taint -> taint.getKey().equals(key));
  }
}
