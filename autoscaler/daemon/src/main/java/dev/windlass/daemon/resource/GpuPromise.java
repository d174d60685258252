package dev.windlass.daemon.resource;

import dev.windlass.core.model.Device;
import dev.windlass.core.model.DeviceCapacity;
import dev.windlass.core.model.DeviceNodes;
import dev.windlass.core.model.Offering;
import dev.windlass.core.model.ResourceSlice;
import dev.windlass.daemon.catalogue.InstanceType;
import dev.windlass.gpu.catalogue.DriverVersion;
import dev.windlass.gpu.catalogue.GpuCatalogue;
import dev.windlass.gpu.catalogue.GpuInstance;
import dev.windlass.gpu.catalogue.GpuInstances;
import dev.windlass.gpu.catalogue.GpuModel;
import dev.windlass.gpu.catalogue.MigProfile;
import dev.windlass.gpu.driver.DriverBranch;
import dev.windlass.gpu.operand.StackFit;
import dev.windlass.gpu.operand.StackSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a GPU stack will make of a machine type, before there is a machine: whether it can work, and
 * the labels of GPU feature discovery by which pods choose models and CUDA versions. The daemon
 * writes these labels when it opens the node, so that the promise is kept.
 */
final class GpuPromise {
  private static final String PREFIX = "nvidia.com/";

  private final GpuStackSpec spec;
  private final StackSettings stack;
  private final GpuModel model;
  private final int devices;

  private GpuPromise(GpuStackSpec spec, StackSettings stack, GpuModel model, int devices) {
    this.spec = spec;
    this.stack = stack;
    this.model = model;
    this.devices = devices;
  }

  /** The promise; empty for a model that nobody knows and for a stack that is not valid. */
  static Optional<GpuPromise> of(
      GpuStackSpec spec, String cloud, String type, @Nullable InstanceType listed) {
    Optional<StackSettings> stack = GpuStackSettings.read("promise", spec, new Findings());
    Optional<GpuInstance> known = GpuInstances.find(cloud, type);
    Optional<GpuModel> model = known.map(GpuInstance::model).or(() -> listedModel(listed));
    int listedCount = listed == null || listed.gpu() == null ? 1 : listed.gpu().count();
    int devices = known.map(GpuInstance::devices).orElse(listedCount);
    return stack.flatMap(each -> model.map(gpu -> new GpuPromise(spec, each, gpu, devices)));
  }

  private static Optional<GpuModel> listedModel(@Nullable InstanceType listed) {
    InstanceType.@Nullable Gpu gpu = listed == null ? null : listed.gpu();
    return gpu == null || !gpu.nvidia()
        ? Optional.empty()
        : GpuCatalogue.builtIn().byName(gpu.model().substring("nvidia-".length()));
  }

  /** Why no machine of the type must be bought, or null. */
  Offering.@Nullable Obstacle obstacle() {
    String reason = StackFit.obstacle(stack, model);
    return reason.isEmpty() ? null : new Offering.Obstacle(false, reason);
  }

  /** The labels of its nodes. */
  Map<String, String> labels() {
    Map<String, String> labels = new TreeMap<>();
    String[] capability = model.computeCapability().split("\\.", 2);
    labels.put(PREFIX + "gpu.present", "true");
    labels.put(PREFIX + "gpu.count", String.valueOf(devices));
    labels.put(PREFIX + "gpu.family", model.architecture().name().toLowerCase(Locale.ROOT));
    labels.put(PREFIX + "gpu.compute.major", capability[0]);
    labels.put(PREFIX + "gpu.compute.minor", capability.length == 2 ? capability[1] : "0");
    labels.put(PREFIX + "mig.capable", String.valueOf(!model.migProfiles().isEmpty()));
    StackFit.driver(stack, model).ifPresent(driver -> putDriver(labels, driver));
    return labels;
  }

  /** The devices that its nodes will publish; none where pods ask for an extended resource. */
  List<ResourceSlice> slices() {
    if (!GpuAdvertisement.isDynamic(spec)) {
      return List.of();
    }
    String profile = GpuAdvertisement.migProfile(spec);
    int each = profile == null ? 1 : model.migProfile(profile).map(MigProfile::instances).orElse(0);
    List<Device> offered = new ArrayList<>();
    for (int device = 0; device < devices * each; device++) {
      offered.add(device((profile == null ? "gpu-" : "mig-") + device, profile));
    }
    ResourceSlice.Pool pool = new ResourceSlice.Pool(GpuAdvertisement.DRIVER, "template", 1, 1);
    return List.of(
        new ResourceSlice(
            "template", pool, new DeviceNodes.One(ResourceSlice.TEMPLATE_NODE), Map.of(), offered));
  }

  private Device device(String name, @Nullable String profile) {
    Map<String, Device.Attribute> attributes = new HashMap<>();
    attributes.put("type", new Device.Attribute.Text(profile == null ? "gpu" : "mig"));
    String generation = model.architecture().name();
    attributes.put(
        "architecture",
        new Device.Attribute.Text(
            generation.charAt(0) + generation.substring(1).toLowerCase(Locale.ROOT)));
    attributes.put(
        "cudaComputeCapability", new Device.Attribute.Version(model.computeCapability() + ".0"));
    StackFit.driver(stack, model)
        .ifPresent(driver ->
            attributes.put(
                "driverVersion",
                new Device.Attribute.Version(driver.branch() + "." + driver.minor() + ".0")));
    int gib = model.memoryGib();
    if (profile != null) {
      attributes.put("profile", new Device.Attribute.Text(profile));
      gib = Integer.parseInt(profile.substring(profile.indexOf('.') + 1).replace("gb", ""));
    }
    return new Device(
        name,
        attributes,
        Map.of("memory", DeviceCapacity.of(gib * (1L << 30))),
        List.of(),
        Map.of(),
        Device.Sharing.USUAL);
  }

  private static void putDriver(Map<String, String> labels, DriverVersion driver) {
    labels.put(PREFIX + "cuda.driver-version.major", String.valueOf(driver.branch()));
    DriverBranch.of(driver.branch())
        .map(branch -> branch.cuda().split("\\.", 2))
        .ifPresent(cuda -> {
          labels.put(PREFIX + "cuda.runtime-version.major", cuda[0]);
          labels.put(PREFIX + "cuda.runtime-version.minor", cuda[1]);
        });
  }
}
