package dev.windlass.simulations.demo;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;

/** Pods as an audit sees them. */
final class AuditPods {
  private AuditPods() {}

  static Pod pod(String name, String ownerKind, String node, String phase) {
    return new PodBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace("ml")
        .withUid(name)
        .addToLabels("scheduling.x-k8s.io/pod-group", "gang")
        .addNewOwnerReference()
        .withKind(ownerKind)
        .withName("owner")
        .withController(true)
        .endOwnerReference()
        .endMetadata()
        .withNewSpec()
        .withNodeName(node)
        .endSpec()
        .withNewStatus()
        .withPhase(phase)
        .endStatus()
        .build();
  }

  static Change<Pod> seen(Pod pod) {
    return new Change<>(null, pod);
  }

  static Change<Pod> deleted(Pod pod) {
    return new Change<>(pod, null);
  }

  static Pod evicted(Pod pod) {
    return new PodBuilder(pod)
        .editMetadata()
        .withDeletionTimestamp("2026-11-02T07:00:00Z")
        .endMetadata()
        .editStatus()
        .addNewCondition()
        .withType("DisruptionTarget")
        .withReason("EvictionByEvictionAPI")
        .withStatus("True")
        .endCondition()
        .endStatus()
        .build();
  }
}
