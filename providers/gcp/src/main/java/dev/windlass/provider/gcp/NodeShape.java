package dev.windlass.provider.gcp;

import com.google.cloud.compute.v1.MachineType;
import dev.windlass.core.model.Resources;
import dev.windlass.core.model.Variant;
import dev.windlass.provider.spi.Templates.Described;
import dev.windlass.provider.spi.Templates.Gpu;
import dev.windlass.provider.spi.Templates.Provenance;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * What nodes of a template look like on a machine type.
 *
 * @param plan the template
 * @param kubeEnv what kubelet is started with
 * @param maxPods of a node
 */
record NodeShape(InstanceTemplates.Plan plan, KubeEnv kubeEnv, int maxPods) {
  /** GKE's own default. */
  static final int USUAL_MAX_PODS = 110;

  private static final long MIB = 1L << 20;
  private static final long GIB = 1L << 30;
  private static final long LOCAL_SSD = 375 * GIB;
  private static final long USUAL_EVICTION = 100 * MIB;
  private static final String RESOURCE_LABEL = "clusterautoscaler-nodetemplate-resources.";

  Described described(Variant variant, MachineType type) {
    Map<String, String> labels = labels(variant, type);
    Gpu gpu = GpuShapes.of(type, plan, labels);
    Resources capacity = capacity(type, gpu, labels);
    return new Described(
        variant,
        labels,
        kubeEnv.taints(),
        capacity,
        allocatable(type, capacity),
        gpu,
        Map.of(
            "labels", Provenance.TEMPLATE,
            "taints", Provenance.TEMPLATE,
            "capacity", Provenance.API,
            "gpu", Provenance.API,
            "allocatable",
                kubeEnv.kubeReserved().isEmpty() ? Provenance.FORMULA : Provenance.TEMPLATE),
        "");
  }

  private String arch(MachineType type) {
    String usual = type.getArchitecture().equals("ARM64") ? "arm64" : "amd64";
    return kubeEnv.arch().orElse(usual).toLowerCase(Locale.ROOT);
  }

  private Map<String, String> labels(Variant variant, MachineType type) {
    Map<String, String> labels = new HashMap<>(kubeEnv.labels());
    labels.put("kubernetes.io/arch", arch(type));
    labels.put("kubernetes.io/os", kubeEnv.os());
    labels.put("node.kubernetes.io/instance-type", GpuNames.machineType(variant.instanceType()));
    labels.put("topology.kubernetes.io/zone", variant.zone());
    labels.put("topology.kubernetes.io/region", Location.region(variant.zone()));
    return labels;
  }

  private Resources capacity(MachineType type, Gpu gpu, Map<String, String> labels) {
    long memory = type.getMemoryMb() * MIB;
    Map<String, Long> capacity = new TreeMap<>();
    capacity.put(Resources.CPU, 1_000L * type.getGuestCpus());
    capacity.put(
        Resources.MEMORY,
        memory - Allocatable.kernelMemory(memory, kubeEnv.distribution(), arch(type)));
    capacity.put(Resources.PODS, (long) maxPods);
    long storage =
        kubeEnv.localSsds() > 0 ? kubeEnv.localSsds() * LOCAL_SSD : plan.bootDiskGib() * GIB;
    if (storage > 0) {
      capacity.put(Resources.EPHEMERAL_STORAGE, storage);
    }
    if (gpu.count() > 0) {
      capacity.put(Resources.NVIDIA_GPU, (long) gpu.count());
    }
    kubeEnv.extendedResources().forEach((name, amount) -> put(capacity, name, amount));
    labels.forEach((name, amount) -> {
      if (name.startsWith(RESOURCE_LABEL)) {
        put(capacity, name.substring(RESOURCE_LABEL.length()), amount);
      }
    });
    return Resources.of(capacity);
  }

  private static void put(Map<String, Long> capacity, String name, String amount) {
    Quantity.units(amount).ifPresent(it -> capacity.put(name, it));
  }

  private Resources allocatable(MachineType type, Resources capacity) {
    long cpu =
        reserved(Resources.CPU)
            .orElse(Allocatable.reservedCpuMilli(type.getGuestCpus(), type.getIsSharedCpu()));
    long memory =
        reserved(Resources.MEMORY).orElse(Allocatable.reservedMemory(type.getMemoryMb() * MIB));
    long eviction =
        kubeEnv
            .evictionMemory()
            .map(Quantity::units)
            .filter(OptionalLong::isPresent)
            .map(OptionalLong::getAsLong)
            .orElse(USUAL_EVICTION);
    Resources left =
        capacity
            .with(Resources.CPU, Math.max(0, capacity.get(Resources.CPU) - cpu))
            .with(
                Resources.MEMORY, Math.max(0, capacity.get(Resources.MEMORY) - memory - eviction));
    long storage = capacity.get(Resources.EPHEMERAL_STORAGE);
    return storage == 0
        ? left
        : left.with(
            Resources.EPHEMERAL_STORAGE,
            Math.max(0, storage - storage / 10 - reservedStorage(storage)));
  }

  private long reservedStorage(long storage) {
    return reserved(Resources.EPHEMERAL_STORAGE)
        .orElse(
            kubeEnv.localSsds() > 0
                ? Allocatable.reservedLocalSsd(kubeEnv.localSsds())
                : Allocatable.reservedBootDisk(storage));
  }

  private OptionalLong reserved(String resource) {
    String amount = kubeEnv.kubeReserved().getOrDefault(resource, "");
    return resource.equals(Resources.CPU) ? Quantity.thousandths(amount) : Quantity.units(amount);
  }
}
