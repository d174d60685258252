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

/**
 * A GpuNode object, named like its node: the daemon writes the step that is due into the spec, the
 * node's agent writes facts and outcomes into the status. Cluster-scoped.
 */
@Group("windlass.dev")
@Version("v1alpha1")
@Kind("GpuNode")
@Plural("gpunodes")
@Singular("gpunode")
@ShortNames("wgn")
@Categories("windlass")
@AdditionalPrinterColumn(name = "Stack", jsonPath = ".spec.stack")
@AdditionalPrinterColumn(name = "Step", jsonPath = ".spec.step")
@AdditionalPrinterColumn(name = "GPU", jsonPath = ".status.facts.gpuModel")
@AdditionalPrinterColumn(name = "Driver", jsonPath = ".status.facts.driverVersion")
@AdditionalPrinterColumn(name = "Failure", jsonPath = ".status.failure.cause")
@AdditionalPrinterColumn(
    name = "Age",
    jsonPath = ".metadata.creationTimestamp",
    type = AdditionalPrinterColumn.Type.DATE)
public class GpuNodeResource extends CustomResource<GpuNodeSpec, GpuNodeStatus> {
  @Override
  protected @Nullable GpuNodeSpec initSpec() {
    return null;
  }

  @Override
  protected @Nullable GpuNodeStatus initStatus() {
    return null;
  }
}
