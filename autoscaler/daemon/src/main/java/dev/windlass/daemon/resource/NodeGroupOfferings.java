package dev.windlass.daemon.resource;

import dev.windlass.core.model.ForeignTaints;
import dev.windlass.core.model.Keys;
import dev.windlass.core.model.Node;
import dev.windlass.core.model.NodeTemplate;
import dev.windlass.core.model.Offering;
import dev.windlass.core.model.Price;
import dev.windlass.core.model.Purchase;
import dev.windlass.core.model.ResourceSlice;
import dev.windlass.core.model.Resources;
import dev.windlass.core.model.Taint;
import dev.windlass.core.model.Variant;
import dev.windlass.daemon.catalogue.InstanceCatalogue;
import dev.windlass.daemon.catalogue.InstanceType;
import dev.windlass.daemon.resource.NodeGroupSpec.PriceOverride;
import dev.windlass.gpu.catalogue.GpuInstances;
import dev.windlass.provider.spi.Offers.Offer;
import dev.windlass.provider.spi.Templates.Described;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What can be bought in a node group: each of its machine types in each zone under each way of
 * paying. What a new node looks like comes from the spec's template first, then from the group's
 * newest ready node, then from the cloud's interface, then from the catalogue; a type of which
 * nothing is known cannot be bought.
 */
public final class NodeGroupOfferings {
  private static final String ARCH = "kubernetes.io/arch";
  private static final String OS = "kubernetes.io/os";
  private static final Set<String> OWN_TO_A_NODE =
      Set.of(Keys.HOSTNAME, Keys.ZONE, Keys.INSTANCE_TYPE, Keys.CAPACITY_TYPE);
  private static final String CONDITION_TAINTS = "node.kubernetes.io/";

  private final String group;
  private final Place place;
  private final Choice choice;
  private final TemplateOverride override;
  private final GpuStackSpec stack;
  private final InstanceCatalogue catalogue;
  private final CloudFacts facts;

  /** Where the machines are: the provider's kind and its region, both may be empty. */
  record Place(String cloud, String region) {}

  /** What the spec lets be bought. */
  record Choice(
      List<String> instanceTypes,
      List<String> zones,
      List<Purchase> purchases,
      List<PriceOverride> prices) {}

  /** What the spec says of new nodes; its amounts win one by one. */
  record TemplateOverride(
      Map<String, String> labels,
      List<Taint> taints,
      List<Taint> startupTaints,
      Resources resources,
      List<ResourceSlice> slices) {}

  NodeGroupOfferings(
      String group,
      Place place,
      Choice choice,
      TemplateOverride override,
      GpuStackSpec stack,
      InstanceCatalogue catalogue) {
    this(group, place, choice, override, stack, catalogue, CloudFacts.NONE);
  }

  private NodeGroupOfferings(
      String group,
      Place place,
      Choice choice,
      TemplateOverride override,
      GpuStackSpec stack,
      InstanceCatalogue catalogue,
      CloudFacts facts) {
    this.group = group;
    this.place = place;
    this.choice = choice;
    this.override = override;
    this.stack = stack;
    this.catalogue = catalogue;
    this.facts = facts;
  }

  /** The same with another GPU stack. */
  NodeGroupOfferings withStack(GpuStackSpec other) {
    return new NodeGroupOfferings(group, place, choice, override, other, catalogue, facts);
  }

  /** The same with what the cloud says. */
  NodeGroupOfferings withFacts(CloudFacts other) {
    return new NodeGroupOfferings(group, place, choice, override, stack, catalogue, other);
  }

  /** The offerings as far as spec and catalogue know them. */
  List<Offering> known() {
    return offerings(null);
  }

  /** The offerings when one of the group's nodes is known. */
  List<Offering> seenOn(Node node) {
    return offerings(node);
  }

  /** What a node itself shows, without the taints that a new one would not have. */
  NodeTemplate shownBy(Node node) {
    return new NodeTemplate(
        node.labels(),
        node.spec().taints().stream().filter(this::stays).toList(),
        override.startupTaints(),
        node.status().allocatable());
  }

  private List<Offering> offerings(@Nullable Node node) {
    List<Offering> offerings = new ArrayList<>();
    for (String type : types(node)) {
      for (String zone : zones(node)) {
        for (Purchase purchase : choice.purchases()) {
          offering(new Variant(type, zone, purchase), node).ifPresent(offerings::add);
        }
      }
    }
    return offerings;
  }

  private List<String> types(@Nullable Node node) {
    if (!choice.instanceTypes().isEmpty()) {
      return choice.instanceTypes();
    }
    if (!facts.variants().isEmpty()) {
      return described(Variant::instanceType);
    }
    return List.of(node == null ? "" : node.labels().getOrDefault(Keys.INSTANCE_TYPE, ""));
  }

  private List<String> zones(@Nullable Node node) {
    if (!choice.zones().isEmpty()) {
      return choice.zones();
    }
    if (!facts.variants().isEmpty()) {
      return described(Variant::zone);
    }
    return List.of(node == null ? "" : node.labels().getOrDefault(Keys.ZONE, ""));
  }

  private List<String> described(Function<Variant, String> part) {
    return facts.variants().stream().map(each -> part.apply(each.variant())).distinct().toList();
  }

  private Optional<Offering> offering(Variant variant, @Nullable Node node) {
    Optional<Described> described = facts.described(variant);
    if (described.isPresent() && !described.get().unavailable().isEmpty()) {
      return Optional.empty();
    }
    Optional<InstanceType> listed =
        catalogue.find(place.cloud(), place.region(), variant.instanceType());
    @Nullable Node sample = node != null && isSample(node, variant, listed) ? node : null;
    Resources told =
        told(described, listed.map(this::allocatable).orElseGet(() -> devices(variant)));
    Resources known = known(sample, told);
    Resources allocatable = overridden(known);
    if (allocatable.get(Resources.CPU) <= 0 || allocatable.get(Resources.MEMORY) <= 0) {
      return Optional.empty();
    }
    Optional<GpuPromise> promise =
        hasGpuStack()
            ? GpuPromise.of(stack, place.cloud(), variant.instanceType(), listed.orElse(null))
            : Optional.empty();
    Map<String, String> labels = labels(variant, sample, described, listed.orElse(null));
    promise.ifPresent(each -> each.labels().forEach(labels::putIfAbsent));
    NodeTemplate template =
        new NodeTemplate(
            labels,
            taints(sample, described),
            override.startupTaints(),
            allocatable,
            override.slices().isEmpty()
                ? promise.map(GpuPromise::slices).orElse(List.of())
                : override.slices(),
            Map.of());
    Offering.@Nullable Obstacle obstacle =
        promise.map(GpuPromise::obstacle).or(() -> usedUp(variant)).orElse(null);
    return Optional.of(new Offering(variant, price(variant, listed), template, obstacle));
  }

  private Optional<Offering.Obstacle> usedUp(Variant variant) {
    return facts
        .usedUp(variant)
        .map(quota ->
            new Offering.Obstacle(
                Offering.Obstacle.Kind.QUOTA,
                "the account's limit is used up: "
                    + quota.name()
                    + ", "
                    + quota.used()
                    + " of "
                    + quota.limit()));
  }

  private boolean hasGpuStack() {
    return override.startupTaints().stream()
        .anyMatch(each -> each.key().equals(Keys.GPU_NOT_READY));
  }

  /**
   * A node speaks for its own machine type, and for all when it does not name one; but not while
   * its GPUs are being set up and the catalogue knows better.
   */
  private static boolean isSample(Node node, Variant variant, Optional<InstanceType> listed) {
    String type = node.labels().getOrDefault(Keys.INSTANCE_TYPE, "");
    boolean sameType = type.isEmpty() || type.equals(variant.instanceType());
    return sameType && (listed.isEmpty() || !node.hasTaint(Keys.GPU_NOT_READY));
  }

  /** Of a type that is only in the table of GPU machines: its devices, and nothing else. */
  private Resources devices(Variant variant) {
    if (GpuAdvertisement.isDynamic(stack)) {
      return Resources.NONE;
    }
    return GpuInstances.find(place.cloud(), variant.instanceType())
        .map(each ->
            GpuAdvertisement.of(
                stack,
                new InstanceType.Gpu(
                    "nvidia-" + each.model().name(),
                    each.devices(),
                    each.model().memoryGib() * 1024L)))
        .orElse(Resources.NONE);
  }

  /**
   * The cloud's interface beats the catalogue; how GPUs are shared, only the catalogue's model
   * says.
   */
  private static Resources told(Optional<Described> described, Resources listed) {
    if (described.isEmpty()) {
      return listed;
    }
    Resources result = described.get().allocatable();
    for (Map.Entry<String, Long> each : listed.amounts().entrySet()) {
      boolean isDevice = each.getKey().contains("/");
      if (isDevice || result.get(each.getKey()) == 0) {
        result = result.with(each.getKey(), each.getValue());
      }
    }
    return result;
  }

  private Resources allocatable(InstanceType type) {
    InstanceType.@Nullable Gpu gpu = type.gpu();
    Resources result = type.allocatable();
    if (gpu == null || !gpu.nvidia() || GpuAdvertisement.isDynamic(stack)) {
      return result;
    }
    for (Map.Entry<String, Long> each : GpuAdvertisement.of(stack, gpu).amounts().entrySet()) {
      result = result.with(each.getKey(), each.getValue());
    }
    return result;
  }

  /** What the sample has; devices that it does not advertise yet are as the catalogue says. */
  private static Resources known(@Nullable Node sample, Resources listed) {
    if (sample == null) {
      return listed;
    }
    Resources result = sample.status().allocatable();
    for (Map.Entry<String, Long> each : listed.amounts().entrySet()) {
      if (each.getKey().contains("/") && result.get(each.getKey()) == 0) {
        result = result.with(each.getKey(), each.getValue());
      }
    }
    return result;
  }

  private Resources overridden(Resources known) {
    Resources result = known;
    for (Map.Entry<String, Long> amount : override.resources().amounts().entrySet()) {
      result = result.with(amount.getKey(), amount.getValue());
    }
    boolean countsPods = result.amounts().containsKey(Resources.PODS);
    return countsPods || result.amounts().isEmpty() ? result : result.with(Resources.PODS, 110);
  }

  private Map<String, String> labels(
      Variant variant,
      @Nullable Node sample,
      Optional<Described> described,
      @Nullable InstanceType listed) {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put(OS, "linux");
    if (listed != null) {
      labels.put(ARCH, listed.architecture());
    }
    described.ifPresent(each -> labels.putAll(each.labels()));
    if (sample != null) {
      labels.putAll(sample.labels());
      labels.keySet().removeAll(OWN_TO_A_NODE);
    }
    putUnlessEmpty(labels, Keys.INSTANCE_TYPE, variant.instanceType());
    putUnlessEmpty(labels, Keys.ZONE, variant.zone());
    putUnlessEmpty(labels, Keys.REGION, place.region());
    labels.put(Keys.CAPACITY_TYPE, capacityType(variant.purchase()));
    labels.put(Keys.NODE_GROUP, group);
    labels.putAll(override.labels());
    return labels;
  }

  private static void putUnlessEmpty(Map<String, String> labels, String key, String value) {
    if (!value.isEmpty()) {
      labels.put(key, value);
    }
  }

  private static String capacityType(Purchase purchase) {
    return switch (purchase) {
      case ON_DEMAND -> "on-demand";
      case SPOT -> "spot";
    };
  }

  private List<Taint> taints(@Nullable Node sample, Optional<Described> described) {
    if (!override.taints().isEmpty()) {
      return override.taints();
    }
    if (sample == null) {
      return described.map(Described::taints).orElse(List.of()).stream()
          .filter(this::stays)
          .toList();
    }
    return sample.spec().taints().stream().filter(this::stays).toList();
  }

  private boolean stays(Taint taint) {
    return !taint.key().startsWith(CONDITION_TAINTS)
        && !taint.key().equals(Keys.DISRUPTED)
        && !taint.key().equals(Keys.GPU_NOT_READY)
        && !ForeignTaints.isOfOneNode(taint)
        && !taint.key().equals(Keys.GPU_UNHEALTHY)
        && !taint.key().equals(Keys.GPU_OUTDATED)
        && override.startupTaints().stream().noneMatch(each -> each.key().equals(taint.key()));
  }

  private Price price(Variant variant, Optional<InstanceType> listed) {
    for (PriceOverride each : choice.prices()) {
      boolean sameZone = each.zone() == null || each.zone().equals(variant.zone());
      boolean samePurchase =
          each.purchase() == null
              || NodeGroupMapping.purchase(each.purchase()) == variant.purchase();
      if (sameZone && samePurchase && each.instanceType().equals(variant.instanceType())) {
        return Price.ofUsdPerHour(each.usdPerHour());
      }
    }
    Offer offer = facts.offers().get(variant);
    return offer == null
        ? listed.map(type -> type.price(variant.purchase())).orElse(Price.UNKNOWN)
        : offer.price();
  }
}
