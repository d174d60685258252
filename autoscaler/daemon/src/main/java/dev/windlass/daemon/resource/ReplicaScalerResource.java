package dev.windlass.daemon.resource;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;
import org.jspecify.annotations.Nullable;

/** A ReplicaScaler object: how many replicas a workload of its namespace should have. */
@Group("windlass.dev")
@Version("v1alpha1")
@Kind("ReplicaScaler")
@Plural("replicascalers")
@Singular("replicascaler")
@ShortNames("wrs")
@Categories("windlass")
@AdditionalPrinterColumn(name = "Kind", jsonPath = ".spec.scaleTargetRef.kind")
@AdditionalPrinterColumn(name = "Target", jsonPath = ".spec.scaleTargetRef.name")
@AdditionalPrinterColumn(
    name = "Min",
    jsonPath = ".spec.minReplicas",
    type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
    name = "Max",
    jsonPath = ".spec.maxReplicas",
    type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
    name = "Current",
    jsonPath = ".status.currentReplicas",
    type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
    name = "Desired",
    jsonPath = ".status.desiredReplicas",
    type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
    name = "Age",
    jsonPath = ".metadata.creationTimestamp",
    type = AdditionalPrinterColumn.Type.DATE)
public class ReplicaScalerResource extends CustomResource<ReplicaScalerSpec, ReplicaScalerStatus>
    implements Namespaced {
  @Override
  protected @Nullable ReplicaScalerSpec initSpec() {
    return null;
  }

  @Override
  protected @Nullable ReplicaScalerStatus initStatus() {
    return null;
  }
}
