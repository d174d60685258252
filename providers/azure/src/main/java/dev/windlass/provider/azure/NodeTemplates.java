package dev.windlass.provider.azure;

import com.azure.resourcemanager.containerservice.fluent.models.AgentPoolInner;
import dev.windlass.core.model.Purchase;
import dev.windlass.core.model.Resources;
import dev.windlass.core.model.Taint;
import dev.windlass.core.model.Variant;
import dev.windlass.provider.spi.GroupReference;
import dev.windlass.provider.spi.Templates.Described;
import dev.windlass.provider.spi.Templates.Gpu;
import dev.windlass.provider.spi.Templates.Provenance;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What new machines of a group look like: sizes from the list of machine types, labels and taints
 * from the node pool, or from tags where the set has none.
 */
final class NodeTemplates {
  private static final long GIB = 1L << 30;
  private static final long DISK_BYTES = 128 * GIB;
  private static final int USUAL_MAX_PODS = 110;

  private final SkuCatalogue catalogue;

  NodeTemplates(SkuCatalogue catalogue) {
    this.catalogue = catalogue;
  }

  /** Every variant: those that the NodeGroup offers, or else the set's own type in its zones. */
  List<Described> described(ArmCalls calls, GroupReference reference, Group group) {
    Set<Variant> variants = new LinkedHashSet<>();
    reference.offerings().forEach(offering -> variants.add(offering.variant()));
    if (variants.isEmpty()) {
      group
          .zones()
          .forEach(zone -> variants.add(new Variant(group.type(), zone, group.purchase())));
    }
    List<Described> described = new ArrayList<>();
    for (Variant variant : variants) {
      described.add(
          catalogue
              .find(calls, variant.instanceType())
              .map(sku -> described(variant, sku, group))
              .orElseGet(() -> unknown(variant, calls.region())));
    }
    return described;
  }

  private static Described unknown(Variant variant, String region) {
    return new Described(
        variant,
        Map.of(),
        List.of(),
        Resources.NONE,
        Resources.NONE,
        Gpu.NONE,
        Map.of(),
        "there is no machine type " + variant.instanceType() + " in " + region);
  }

  private static Described described(Variant variant, SkuCatalogue.Sku sku, Group group) {
    AgentPoolInner pool = group.pool();
    int maxPods = pool == null || pool.maxPods() == null ? USUAL_MAX_PODS : pool.maxPods();
    long memory = Math.round(sku.number("MemoryGB") * GIB);
    int gpus = (int) Math.ceil(sku.number("GPUs"));
    Optional<String> model = GpuModels.of(sku.name());
    boolean nvidia = gpus > 0 && model.stream().noneMatch(name -> name.startsWith("MI"));
    Map<String, Long> extended = TemplateTags.resources(group.tags());
    Resources capacity =
        Resources.of(
            Map.of(
                Resources.CPU,
                sku.cores() * 1_000L,
                Resources.MEMORY,
                memory,
                Resources.EPHEMERAL_STORAGE,
                DISK_BYTES,
                Resources.PODS,
                (long) maxPods));
    Resources allocatable = AksAllocatable.of(sku.cores(), memory, DISK_BYTES, maxPods);
    if (nvidia) {
      extended = new HashMap<>(extended);
      extended.putIfAbsent(Resources.NVIDIA_GPU, (long) gpus);
    }
    return new Described(
        variant,
        labels(variant, group, nvidia),
        taints(variant, group),
        capacity.plus(Resources.of(extended)),
        allocatable.plus(Resources.of(extended)),
        gpus == 0 ? Gpu.NONE : new Gpu(model.orElse(sku.family()), gpus, 0),
        provenance(pool != null),
        unavailable(variant, sku));
  }

  private static Map<String, String> labels(Variant variant, Group group, boolean nvidia) {
    Map<String, String> labels = new HashMap<>(TemplateTags.labels(group.tags()));
    AgentPoolInner pool = group.pool();
    if (pool != null) {
      if (pool.nodeLabels() != null) {
        labels.putAll(pool.nodeLabels());
      }
      labels.put("kubernetes.azure.com/agentpool", pool.name());
      labels.put("agentpool", pool.name());
      if (nvidia) {
        labels.put("kubernetes.azure.com/accelerator", "nvidia");
      }
      if (variant.purchase() == Purchase.SPOT) {
        labels.put("kubernetes.azure.com/scalesetpriority", "spot");
      }
    }
    labels.put("node.kubernetes.io/instance-type", variant.instanceType());
    labels.put("topology.kubernetes.io/region", group.location());
    labels.put("topology.kubernetes.io/zone", variant.zone());
    labels.put("kubernetes.io/os", "linux");
    labels.put("kubernetes.io/arch", isArm(variant.instanceType()) ? "arm64" : "amd64");
    return labels;
  }

  /** A {@code p} among the letters behind the number of cores means ARM. */
  private static boolean isArm(String type) {
    return type.matches("Standard_[A-Z]+\\d+[a-oq-z]*p[a-z]*_.*");
  }

  private static List<Taint> taints(Variant variant, Group group) {
    List<Taint> taints = new ArrayList<>(TemplateTags.taints(group.tags()));
    AgentPoolInner pool = group.pool();
    if (pool != null) {
      if (pool.nodeTaints() != null) {
        pool.nodeTaints().forEach(each -> TemplateTags.taint(each).ifPresent(taints::add));
      }
      if (variant.purchase() == Purchase.SPOT) {
        taints.add(
            new Taint("kubernetes.azure.com/scalesetpriority", "spot", Taint.Effect.NO_SCHEDULE));
      }
    }
    return taints.stream().distinct().toList();
  }

  private static Map<String, Provenance> provenance(boolean pool) {
    Provenance named = pool ? Provenance.TEMPLATE : Provenance.TAG;
    return Map.of(
        "labels", named,
        "taints", named,
        "capacity", Provenance.API,
        "allocatable", Provenance.FORMULA,
        "gpu", Provenance.API);
  }

  private static String unavailable(Variant variant, SkuCatalogue.Sku sku) {
    if (!sku.restriction().isEmpty()) {
      return sku.name() + " is restricted for this subscription: " + sku.restriction();
    }
    String zone = variant.zone();
    String number = zone.substring(zone.lastIndexOf('-') + 1);
    return zone.contains("-") && !sku.zones().contains(number)
        ? "zone " + zone + " does not have " + sku.name()
        : "";
  }
}
