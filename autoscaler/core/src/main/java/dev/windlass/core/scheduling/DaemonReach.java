package dev.windlass.core.scheduling;

import dev.windlass.core.model.DaemonSet;
import dev.windlass.core.model.NodeTemplate;

/** Where the pods of a DaemonSet belong, whatever room there is. */
public final class DaemonReach {
  private DaemonReach() {}

  /** Whether a new node of this template gets a pod of it once its startup taints are gone. */
  public static boolean runsOn(DaemonSet daemon, NodeTemplate template) {
    return NodePredicate.refuseAny(daemon.spec(), NodeFacts.of(template, "")).isEmpty();
  }
}
