package dev.windlass.provider.aws;

import dev.windlass.core.model.Purchase;
import dev.windlass.core.model.Resources;
import dev.windlass.core.model.Taint;
import dev.windlass.core.model.Variant;
import dev.windlass.provider.aws.Launches.Launch;
import dev.windlass.provider.spi.Templates.Described;
import dev.windlass.provider.spi.Templates.Gpu;
import dev.windlass.provider.spi.Templates.Provenance;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.ec2.model.InstanceTypeInfo;
import software.amazon.awssdk.services.eks.model.Nodegroup;

/** Describes what a group may bring: each type in each of its zones in each way to pay. */
final class VariantReader {
  private static final String MANAGED = "eks.amazonaws.com/";

  /** What EC2 says of types, by region and type; it does not change. */
  private final Map<String, TypeFacts> knownTypes = new ConcurrentHashMap<>();

  /** Reads the variants of a group. */
  List<Described> read(AutoScalingGroup group, RegionCalls region) {
    List<Launch> launches = new Launches(region.compute()).of(group);
    learn(launches, region);
    Optional<Nodegroup> nodegroup =
        GroupTags.nodegroup(group).map(each -> region.clusters().nodegroup(each));
    TemplateTags tags = TemplateTags.of(GroupTags.of(group));
    int lowestPods = lowestPods(launches, region.name());
    List<Described> variants = new ArrayList<>();
    for (Launch launch : launches) {
      for (String zone : group.availabilityZones()) {
        for (Purchase purchase : launch.purchases()) {
          Variant variant = new Variant(launch.type(), zone, purchase);
          TypeFacts facts = knownTypes.get(key(region.name(), launch.type()));
          variants.add(
              facts == null
                  ? unknown(variant)
                  : described(
                      variant,
                      launch,
                      new Source(facts, region.name(), nodegroup.orElse(null), tags, lowestPods)));
        }
      }
    }
    return variants;
  }

  /** Where the description of a variant is from. */
  private record Source(
      TypeFacts type,
      String region,
      @Nullable Nodegroup nodegroup,
      TemplateTags tags,
      int lowestPods) {}

  private void learn(List<Launch> launches, RegionCalls region) {
    List<String> missing =
        launches.stream()
            .map(Launch::type)
            .distinct()
            .filter(type -> !knownTypes.containsKey(key(region.name(), type)))
            .toList();
    for (InstanceTypeInfo type : region.compute().types(missing)) {
      knownTypes.put(key(region.name(), type.instanceTypeAsString()), TypeFacts.of(type));
    }
  }

  private static String key(String region, String type) {
    return region + "/" + type;
  }

  /** A managed node group of several types takes the lowest number of pods for all. */
  private int lowestPods(List<Launch> launches, String region) {
    return launches.stream()
        .map(launch -> knownTypes.get(key(region, launch.type())))
        .filter(facts -> facts != null)
        .mapToInt(facts -> NodeReserves.managedMaxPods(facts.maxPods(), facts.cores()))
        .min()
        .orElse(0);
  }

  private static Described unknown(Variant variant) {
    return new Described(
        variant,
        Map.of(),
        List.of(),
        Resources.NONE,
        Resources.NONE,
        Gpu.NONE,
        Map.of(),
        "EC2 knows no instance type " + variant.instanceType() + " in this region");
  }

  private static Described described(Variant variant, Launch launch, Source source) {
    TypeFacts type = source.type;
    int pods = source.nodegroup == null ? type.maxPods() : source.lowestPods;
    Resources capacity = type.capacity(pods, launch.rootBytes());
    Resources allocatable = NodeReserves.of(type.cores(), pods).allocatable(capacity);
    for (Map.Entry<String, Long> tag : source.tags.resources().entrySet()) {
      capacity = capacity.with(tag.getKey(), tag.getValue());
      allocatable = allocatable.with(tag.getKey(), tag.getValue());
    }
    return new Described(
        variant,
        labels(variant, launch, source),
        taints(source),
        capacity,
        allocatable,
        type.gpu(),
        provenance(source),
        unavailable(source));
  }

  private static String unavailable(Source source) {
    try {
      taints(source);
      return source.tags.malformed();
    } catch (IllegalArgumentException malformed) {
      return "the node group's taints cannot be read: " + malformed.getMessage();
    }
  }

  private static Map<String, String> labels(Variant variant, Launch launch, Source source) {
    Map<String, String> labels = new TreeMap<>();
    labels.put("kubernetes.io/arch", source.type.isArm() ? "arm64" : "amd64");
    labels.put("kubernetes.io/os", launch.os());
    labels.put("node.kubernetes.io/instance-type", variant.instanceType());
    labels.put("topology.kubernetes.io/region", source.region);
    labels.put("topology.kubernetes.io/zone", variant.zone());
    Nodegroup nodegroup = source.nodegroup;
    if (nodegroup != null) {
      labels.put(MANAGED + "nodegroup", nodegroup.nodegroupName());
      labels.put(MANAGED + "capacityType", String.valueOf(nodegroup.capacityTypeAsString()));
      labels.putAll(nodegroup.labels());
    }
    labels.putAll(source.tags.labels());
    return labels;
  }

  private static List<Taint> taints(Source source) {
    List<Taint> taints = new ArrayList<>(source.tags.taints());
    if (source.nodegroup != null) {
      source
          .nodegroup
          .taints()
          .forEach(taint ->
              taints.add(
                  new Taint(
                      taint.key(),
                      taint.value() == null ? "" : taint.value(),
                      TemplateTags.effect(taint.effectAsString()))));
    }
    return taints;
  }

  private static Map<String, Provenance> provenance(Source source) {
    Map<String, Provenance> provenance = new HashMap<>();
    Provenance own = source.tags.labels().isEmpty() ? Provenance.API : Provenance.TAG;
    provenance.put("labels", own);
    provenance.put("taints", source.tags.taints().isEmpty() ? Provenance.API : Provenance.TAG);
    provenance.put("capacity", source.tags.resources().isEmpty() ? Provenance.API : Provenance.TAG);
    provenance.put("allocatable", Provenance.FORMULA);
    provenance.put("gpu", Provenance.API);
    return provenance;
  }
}
