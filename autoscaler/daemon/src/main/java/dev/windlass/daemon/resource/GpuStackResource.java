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

/** A GpuStack object: how a bare machine becomes a node that runs GPU pods. Cluster-scoped. */
@Group("windlass.dev")
@Version("v1alpha1")
@Kind("GpuStack")
@Plural("gpustacks")
@Singular("gpustack")
@ShortNames("wgs")
@Categories("windlass")
@AdditionalPrinterColumn(name = "Driver", jsonPath = ".spec.driver.source")
@AdditionalPrinterColumn(name = "Branch", jsonPath = ".spec.driver.branch")
@AdditionalPrinterColumn(name = "Sharing", jsonPath = ".spec.devicePlugin.sharing.strategy")
@AdditionalPrinterColumn(
    name = "Ready",
    jsonPath = ".status.readyNodes",
    type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
    name = "Age",
    jsonPath = ".metadata.creationTimestamp",
    type = AdditionalPrinterColumn.Type.DATE)
public class GpuStackResource extends CustomResource<GpuStackSpec, GpuStackStatus> {
  @Override
  protected GpuStackSpec initSpec() {
    return GpuStackSpec.DEFAULT;
  }

  @Override
  protected @Nullable GpuStackStatus initStatus() {
    return null;
  }
}
