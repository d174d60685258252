package dev.windlass.simulations.demo;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;

/** One promise, checked from outside on what the API server and the cloud say. */
interface AuditRule {
  /** The promise, and how often it was put to the test. */
  String promise();

  /** Every time it was broken. */
  List<String> violations();

  /** A pod was added, changed or deleted. */
  default void podChanged(Change<Pod> change) {}

  /** A Node object was added, changed or deleted. */
  default void nodeChanged(Change<Node> change) {}

  /** A Deployment was added, changed or deleted. */
  default void deploymentChanged(Change<Deployment> change) {}
}
