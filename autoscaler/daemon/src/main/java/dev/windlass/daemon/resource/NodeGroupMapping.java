package dev.windlass.daemon.resource;

import dev.windlass.core.model.GpuStackName;
import dev.windlass.core.model.Keys;
import dev.windlass.core.model.NodeGroup;
import dev.windlass.core.model.NodeGroupName;
import dev.windlass.core.model.Purchase;
import dev.windlass.core.model.ResourceSlice;
import dev.windlass.core.model.Resources;
import dev.windlass.core.model.Taint;
import dev.windlass.daemon.catalogue.InstanceCatalogue;
import dev.windlass.daemon.decode.Decoded;
import dev.windlass.daemon.decode.ResourceSliceDecoder;
import dev.windlass.daemon.resource.NodeGroupDefinition.ProviderReference;
import dev.windlass.daemon.resource.NodeGroupOfferings.Choice;
import dev.windlass.daemon.resource.NodeGroupOfferings.Place;
import dev.windlass.daemon.resource.NodeGroupOfferings.TemplateOverride;
import dev.windlass.daemon.resource.NodeGroupSpec.PurchaseOption;
import dev.windlass.daemon.resource.NodeGroupSpec.ScaleDownRules;
import dev.windlass.daemon.resource.NodeGroupSpec.TaintEffect;
import dev.windlass.daemon.resource.NodeGroupSpec.Template;
import dev.windlass.daemon.resource.NodeGroupSpec.TemplateTaint;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.resource.v1.ResourceSliceSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a NodeGroup resource means. */
public final class NodeGroupMapping {
  private NodeGroupMapping() {}

  /**
   * Reads a NodeGroup. Its GpuStack counts as one with every default until {@link
   * NodeGroupDefinition#withStack} names it.
   *
   * @param resource the object
   * @param catalogue asked for what the spec's machine types hold and cost
   */
  public static Parsed<NodeGroupDefinition> parse(
      NodeGroupResource resource, InstanceCatalogue catalogue) {
    Findings findings = new Findings();
    String name = KubernetesSyntax.name(resource.getMetadata(), findings);
    @Nullable NodeGroupSpec spec = resource.getSpec();
    if (spec == null) {
      findings.missing("spec", "a spec");
      return findings.bad();
    }
    checkSizes(spec, findings);
    checkBelonging(spec, findings);
    @Nullable ProviderReference provider = provider(spec.provider(), findings);
    NodeGroup.Settings settings = settings(spec, findings);
    NodeGroupOfferings offerings =
        new NodeGroupOfferings(
            name,
            place(provider),
            choice(spec, findings),
            template(spec, findings),
            GpuStackSpec.DEFAULT,
            catalogue);
    return findings.result(() ->
        new NodeGroupDefinition(
            new NodeGroup(
                new NodeGroupName(name),
                KubernetesSyntax.identity(resource.getMetadata()),
                new NodeGroup.Size(spec.minSize(), spec.maxSize(), 0),
                offerings.known(),
                settings,
                spec.nodeSelector()),
            provider,
            offerings));
  }

  private static void checkSizes(NodeGroupSpec spec, Findings findings) {
    findings.require(spec.minSize() >= 0, "spec.minSize", spec.minSize(), "0 or more");
    findings.require(
        spec.maxSize() >= spec.minSize(),
        "spec.maxSize",
        spec.maxSize(),
        "at least spec.minSize, which is " + spec.minSize());
  }

  private static void checkBelonging(NodeGroupSpec spec, Findings findings) {
    if (spec.provider() == null && spec.nodeSelector().isEmpty()) {
      findings.missing(
          "spec.provider", "a provider, or spec.nodeSelector for a group without a cloud");
    }
    KubernetesSyntax.checkLabels(spec.nodeSelector(), "spec.nodeSelector", findings);
  }

  private static @Nullable ProviderReference provider(
      @Nullable NodeGroupProvider provider, Findings findings) {
    if (provider == null) {
      return null;
    }
    List<ProviderReference> named = new ArrayList<>();
    if (provider.aws() != null) {
      named.add(
          new ProviderReference(
              "aws", provider.aws().autoScalingGroup(), orEmpty(provider.aws().region())));
    }
    if (provider.azure() != null) {
      checkAzure(provider.azure(), findings);
      named.add(
          new ProviderReference(
              "azure", azureId(provider.azure()), orEmpty(provider.azure().region())));
    }
    if (provider.gcp() != null) {
      String location = provider.gcp().location();
      String id =
          orEmpty(provider.gcp().project())
              + "/"
              + location
              + "/"
              + provider.gcp().instanceGroupManager();
      named.add(new ProviderReference("gcp", id, location.replaceFirst("-[a-z]$", "")));
    }
    if (provider.simulated() != null) {
      named.add(
          new ProviderReference(
              "simulated", provider.simulated().group(), orEmpty(provider.simulated().region())));
    }
    findings.require(
        named.size() == 1,
        "spec.provider",
        named.stream().map(ProviderReference::kind).toList(),
        "exactly one of aws, azure, gcp and simulated");
    return named.isEmpty() ? null : named.getFirst();
  }

  private static void checkAzure(NodeGroupProvider.Azure azure, Findings findings) {
    boolean isPool = azure.cluster() != null && azure.nodePool() != null;
    boolean isMixed = azure.cluster() != null || azure.nodePool() != null;
    findings.require(
        azure.scaleSet() == null ? isPool : !isMixed,
        "spec.provider.azure",
        orEmpty(azure.scaleSet()) + orEmpty(azure.cluster()) + orEmpty(azure.nodePool()),
        "either scaleSet, or cluster and nodePool");
  }

  private static String azureId(NodeGroupProvider.Azure azure) {
    return azure.cluster() == null
        ? azure.resourceGroup() + "/" + azure.scaleSet()
        : azure.resourceGroup() + "/" + azure.cluster() + "/" + azure.nodePool();
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static NodeGroup.Settings settings(NodeGroupSpec spec, Findings findings) {
    NodeGroup.Settings usual = NodeGroup.Settings.USUAL;
    @Nullable String stack = spec.gpuStack();
    if (stack != null) {
      KubernetesSyntax.checkName(stack, "spec.gpuStack", findings);
    }
    @Nullable Duration provisionTimeout =
        spec.scaleUp() == null
            ? null
            : positive(
                spec.scaleUp().provisionTimeout(), "spec.scaleUp.provisionTimeout", findings);
    return new NodeGroup.Settings(
        mode(spec),
        spec.priority() == null ? usual.priority() : spec.priority(),
        stack == null || stack.isBlank() ? null : new GpuStackName(stack),
        scaleDown(spec.scaleDown(), findings),
        provisionTimeout == null ? usual.provisionTimeout() : provisionTimeout,
        spec.scaleUp() == null || spec.scaleUp().warmNodes() == null
            ? usual.warmNodes()
            : spec.scaleUp().warmNodes());
  }

  private static NodeGroup.Mode mode(NodeGroupSpec spec) {
    if (spec.paused()) {
      return NodeGroup.Mode.PAUSED;
    }
    return spec.dryRun() ? NodeGroup.Mode.DRY_RUN : NodeGroup.Mode.ACTING;
  }

  private static NodeGroup.@Nullable ScaleDownOverride scaleDown(
      @Nullable ScaleDownRules rules, Findings findings) {
    if (rules == null) {
      return null;
    }
    @Nullable Double threshold = rules.utilizationThreshold();
    if (threshold != null) {
      findings.require(
          threshold >= 0 && threshold <= 1,
          "spec.scaleDown.utilizationThreshold",
          threshold,
          "a share from 0 to 1");
    }
    return new NodeGroup.ScaleDownOverride(
        rules.enabled(),
        duration(rules.unneededTime(), "spec.scaleDown.unneededTime", findings),
        threshold);
  }

  static @Nullable Duration duration(@Nullable String text, String field, Findings findings) {
    if (text == null) {
      return null;
    }
    @Nullable Duration duration = Texts.duration(text).orElse(null);
    if (duration == null) {
      findings.add(field, text, Texts.DURATION_EXPECTED);
    }
    return duration;
  }

  static @Nullable Duration positive(@Nullable String text, String field, Findings findings) {
    @Nullable Duration duration = duration(text, field, findings);
    if (duration != null && duration.isZero()) {
      findings.add(field, text, "a duration longer than zero");
    }
    return duration;
  }

  private static Place place(@Nullable ProviderReference provider) {
    return provider == null ? new Place("", "") : new Place(provider.kind(), provider.region());
  }

  private static Choice choice(NodeGroupSpec spec, Findings findings) {
    List<Purchase> purchases =
        spec.purchases().isEmpty()
            ? List.of(Purchase.ON_DEMAND)
            : spec.purchases().stream().distinct().map(NodeGroupMapping::purchase).toList();
    for (int i = 0; i < spec.prices().size(); i++) {
      double price = spec.prices().get(i).usdPerHour();
      findings.require(
          price >= 0 && price <= 1_000_000,
          "spec.prices[" + i + "].usdPerHour",
          price,
          "US dollars an hour, 0 or more");
    }
    return new Choice(
        spec.instanceTypes().stream().distinct().toList(), zones(spec), purchases, spec.prices());
  }

  /** The spec's zones, or the one zone of a zonal managed instance group. */
  private static List<String> zones(NodeGroupSpec spec) {
    if (spec.zones().isEmpty() && spec.provider() != null && spec.provider().gcp() != null) {
      String location = spec.provider().gcp().location();
      return location.matches(".*-[a-z]$") ? List.of(location) : List.of();
    }
    return spec.zones().stream().distinct().toList();
  }

  static Purchase purchase(PurchaseOption option) {
    return switch (option) {
      case OnDemand -> Purchase.ON_DEMAND;
      case Spot -> Purchase.SPOT;
    };
  }

  private static TemplateOverride template(NodeGroupSpec spec, Findings findings) {
    Map<String, String> labels = new TreeMap<>(spec.nodeSelector());
    List<Taint> startup = new ArrayList<>();
    if (spec.gpuStack() != null) {
      startup.add(Taint.noSchedule(Keys.GPU_NOT_READY));
    }
    @Nullable Template template = spec.template();
    if (template == null) {
      return new TemplateOverride(labels, List.of(), startup, Resources.NONE, List.of());
    }
    KubernetesSyntax.checkLabels(template.labels(), "spec.template.labels", findings);
    labels.putAll(template.labels());
    for (Taint taint : taints(template.startupTaints(), "startupTaints", findings)) {
      if (startup.stream().noneMatch(each -> each.key().equals(taint.key()))) {
        startup.add(taint);
      }
    }
    return new TemplateOverride(
        labels,
        taints(template.taints(), "taints", findings),
        startup,
        resources(template.resources(), findings),
        slices(template.resourceSlices(), findings));
  }

  private static List<ResourceSlice> slices(List<ResourceSliceSpec> written, Findings findings) {
    return switch (ResourceSliceDecoder.template("spec.template.resourceSlices", written)) {
      case Decoded.Ok<List<ResourceSlice>> ok -> ok.value();
      case Decoded.Bad<List<ResourceSlice>> bad -> {
        bad.problems().forEach(each -> findings.add(each.field(), each.value(), each.expected()));
        yield List.of();
      }
    };
  }

  private static List<Taint> taints(List<TemplateTaint> taints, String field, Findings findings) {
    List<Taint> result = new ArrayList<>();
    for (TemplateTaint taint : taints) {
      String value = orEmpty(taint.value());
      KubernetesSyntax.checkLabel(
          taint.key(), value, "spec.template." + field + "[" + result.size() + "]", findings);
      result.add(new Taint(taint.key(), value, effect(taint.effect())));
    }
    return result;
  }

  private static Taint.Effect effect(TaintEffect effect) {
    return switch (effect) {
      case NoSchedule -> Taint.Effect.NO_SCHEDULE;
      case PreferNoSchedule -> Taint.Effect.PREFER_NO_SCHEDULE;
      case NoExecute -> Taint.Effect.NO_EXECUTE;
    };
  }

  private static Resources resources(Map<String, Quantity> quantities, Findings findings) {
    Map<String, Long> amounts = new TreeMap<>();
    quantities.forEach((name, quantity) -> {
      OptionalLong amount =
          name.equals(Resources.CPU) ? Texts.milli(quantity) : Texts.units(quantity);
      if (amount.isPresent() && amount.getAsLong() >= 0) {
        amounts.put(name, amount.getAsLong());
      } else {
        findings.add("spec.template.resources." + name, quantity, Texts.QUANTITY_EXPECTED);
      }
    });
    return Resources.of(amounts);
  }
}
