package dev.windlass.provider.gcp;

import com.google.cloud.compute.v1.DistributionPolicyZoneConfiguration;
import com.google.cloud.compute.v1.InstanceGroupManager;
import com.google.cloud.compute.v1.MachineType;
import dev.windlass.core.model.CloudFailure.Cause;
import dev.windlass.core.model.Resources;
import dev.windlass.core.model.Variant;
import dev.windlass.provider.spi.Templates.Described;
import dev.windlass.provider.spi.Templates.Gpu;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Every variant that a group may bring, from its template and the machine types of its zones. */
final class VariantReader {
  private static final Duration KEPT = Duration.ofHours(1);

  private final ComputeCalls calls;
  private final InstanceTemplates templates;
  private final NodePools pools;
  private final InstantSource clock;
  private final Map<String, Known> types = new ConcurrentHashMap<>();

  VariantReader(
      ComputeCalls calls, InstanceTemplates templates, NodePools pools, InstantSource clock) {
    this.calls = calls;
    this.templates = templates;
    this.pools = pools;
    this.clock = clock;
  }

  private record Known(MachineType type, Instant at) {}

  /** The machine types and zones that a group may bring. */
  List<Variant> variants(ManagerId id, InstanceGroupManager manager) {
    InstanceTemplates.Plan plan = templates.of(manager.getInstanceTemplate());
    List<String> chosen =
        manager.getInstanceFlexibilityPolicy().getInstanceSelectionsMap().values().stream()
            .flatMap(it -> it.getMachineTypesList().stream())
            .distinct()
            .sorted()
            .toList();
    List<Variant> variants = new ArrayList<>();
    for (String type : chosen.isEmpty() ? List.of(plan.type()) : chosen) {
      zones(id, manager).forEach(zone -> variants.add(new Variant(type, zone, plan.purchase())));
    }
    return variants;
  }

  static List<String> zones(ManagerId id, InstanceGroupManager manager) {
    return id.isRegional()
        ? manager.getDistributionPolicy().getZonesList().stream()
            .map(DistributionPolicyZoneConfiguration::getZone)
            .map(Location::last)
            .toList()
        : List.of(id.location());
  }

  /** The machine type of each variant; one that cannot be read is left out. */
  Map<Variant, MachineType> types(ManagerId id, InstanceGroupManager manager) {
    Map<Variant, MachineType> found = new LinkedHashMap<>();
    for (Variant variant : variants(id, manager)) {
      try {
        found.put(
            variant,
            type(id.project(), variant.zone(), GpuNames.machineType(variant.instanceType())));
      } catch (CallFailedException failed) {
        if (failed.failure().cause() != Cause.NOT_FOUND) {
          throw failed;
        }
      }
    }
    return found;
  }

  List<Described> read(ManagerId id) {
    InstanceGroupManager manager = calls.manager(id);
    InstanceTemplates.Plan plan = templates.of(manager.getInstanceTemplate());
    KubeEnv kubeEnv = new KubeEnv(plan.kubeEnv());
    int maxPods =
        kubeEnv
            .maxPods()
            .or(() -> pools.of(id).map(NodePools.Pool::maxPods).filter(it -> it > 0))
            .orElse(NodeShape.USUAL_MAX_PODS);
    List<Described> described = new ArrayList<>();
    for (Variant variant : variants(id, manager)) {
      described.add(described(id, variant, plan, new NodeShape(plan, kubeEnv, maxPods)));
    }
    return described;
  }

  /** A type that cannot be read is unavailable with the reason; the others go on. */
  private Described described(
      ManagerId id, Variant variant, InstanceTemplates.Plan plan, NodeShape shape) {
    try {
      MachineType type =
          type(id.project(), variant.zone(), GpuNames.machineType(variant.instanceType()));
      return shape.described(variant, type);
    } catch (CallFailedException failed) {
      return new Described(
          variant,
          plan.labels(),
          List.of(),
          Resources.NONE,
          Resources.NONE,
          Gpu.NONE,
          Map.of(),
          failed.failure().message());
    }
  }

  private MachineType type(String project, String zone, String name) {
    String key = project + "/" + zone + "/" + name;
    Known known = types.get(key);
    Instant now = clock.instant();
    if (known == null || !now.isBefore(known.at().plus(KEPT))) {
      known = new Known(calls.machineType(project, zone, name), now);
      types.put(key, known);
    }
    return known.type();
  }
}
