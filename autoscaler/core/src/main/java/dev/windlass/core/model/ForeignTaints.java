package dev.windlass.core.model;

import java.util.List;
import java.util.Optional;

/** What the taints of other autoscalers say of a node, as their documents define them. */
public final class ForeignTaints {
  private static final List<String> REMOVAL = List.of(Keys.TO_BE_DELETED, Keys.KARPENTER_DISRUPTED);
  private static final List<String> PASSING =
      List.of(
          Keys.STARTUP_TAINTS,
          Keys.IGNORED_TAINTS,
          Keys.READINESS_GATES,
          Keys.KARPENTER_UNREGISTERED);

  private ForeignTaints() {}

  /** Whether a taint goes away by itself while its node starts. */
  public static boolean isPassing(Taint taint) {
    return PASSING.stream().anyMatch(taint.key()::startsWith);
  }

  /** Whether a taint is one node's, so that a new node of the same group begins without it. */
  public static boolean isOfOneNode(Taint taint) {
    return isPassing(taint)
        || REMOVAL.contains(taint.key())
        || taint.key().equals(Keys.DELETION_CANDIDATE)
        || taint.key().startsWith(Keys.STATUS_TAINTS);
  }

  /** The taint by which another autoscaler says that it removes the node, if there is one. */
  public static Optional<String> removal(Node node) {
    return REMOVAL.stream().filter(node::hasTaint).findFirst();
  }
}
