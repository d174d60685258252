package dev.windlass.simulations.apiserver.admission;

import dev.windlass.simulations.apiserver.crd.Definition;
import dev.windlass.simulations.apiserver.model.Json;
import dev.windlass.simulations.apiserver.model.ResourceType;
import tools.jackson.databind.node.ObjectNode;

/** What a built-in kind's object gets where its author left something out. */
public final class Defaults {
  private Defaults() {}

  /** Changes the object in place. */
  public static void apply(ResourceType type, ObjectNode object) {
    switch (type.kind()) {
      case "Pod" -> PodDefaults.pod(object);
      case "Deployment" -> WorkloadDefaults.deployment(object);
      case "ReplicaSet", "ReplicationController" -> WorkloadDefaults.replicaSet(object);
      case "StatefulSet" -> WorkloadDefaults.statefulSet(object);
      case "DaemonSet" -> WorkloadDefaults.daemonSet(object);
      case "Job" -> WorkloadDefaults.job(object);
      case "CronJob" -> WorkloadDefaults.cronJob(object);
      case "Node" -> SmallDefaults.node(object);
      case "Namespace" -> SmallDefaults.namespace(object);
      case "Service" -> SmallDefaults.service(object);
      case "Secret" -> SmallDefaults.secret(object);
      case "PersistentVolumeClaim" -> SmallDefaults.claim(object);
      case "PersistentVolume" -> SmallDefaults.volume(object);
      case "StorageClass" -> SmallDefaults.storageClass(object);
      case "CSIDriver" -> SmallDefaults.driver(object);
      case "ResourceClaim" -> SmallDefaults.claimOfDevices(object.path("spec"));
      case "ResourceClaimTemplate" -> SmallDefaults.claimOfDevices(Json.at(object, "spec", "spec"));
      case "RoleBinding", "ClusterRoleBinding" -> SmallDefaults.binding(object);
      case "HorizontalPodAutoscaler" -> SmallDefaults.scaler(object);
      case "PriorityClass" -> Json.putDefault(object, "preemptionPolicy", "PreemptLowerPriority");
      case "CustomResourceDefinition" -> Definition.complete(object);
      default -> {
        // no defaults
      }
    }
  }
}
