package dev.windlass.daemon.resource;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;
import org.jspecify.annotations.Nullable;

/** A NodeGroup object: machines of one kind that a cloud adds and removes. Cluster-scoped. */
@Group("windlass.dev")
@Version("v1alpha1")
@Kind("NodeGroup")
@Plural("nodegroups")
@Singular("nodegroup")
@ShortNames("wng")
@Categories("windlass")
@AdditionalPrinterColumn(
    name = "Min",
    jsonPath = ".spec.minSize",
    type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
    name = "Max",
    jsonPath = ".spec.maxSize",
    type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
    name = "Target",
    jsonPath = ".status.targetSize",
    type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
    name = "Ready",
    jsonPath = ".status.readyNodes",
    type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
    name = "Accepted",
    jsonPath = ".status.conditions[?(@.type=='Accepted')].status")
@AdditionalPrinterColumn(
    name = "Age",
    jsonPath = ".metadata.creationTimestamp",
    type = AdditionalPrinterColumn.Type.DATE)
public class NodeGroupResource extends CustomResource<NodeGroupSpec, NodeGroupStatus> {
  @Override
  protected @Nullable NodeGroupSpec initSpec() {
    return null;
  }

  @Override
  protected @Nullable NodeGroupStatus initStatus() {
    return null;
  }
}
