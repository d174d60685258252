package dev.windlass.daemon.resource;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.resource.v1.ResourceSliceSpec;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The spec of a NodeGroup, field by field as users write it; {@link NodeGroupMapping} says what it
 * means. As a mirror of a document it has more components than a record of ours otherwise may.
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value = "self.minSize <= self.maxSize",
    message = "minSize must not be larger than maxSize")
@ValidationRule(
    value = "has(self.provider) || (has(self.nodeSelector) && size(self.nodeSelector) > 0)",
    message = "either provider or nodeSelector must be set")
public record NodeGroupSpec(
    @JsonPropertyDescription("The cloud's group; absent for a group of nodes without a cloud.")
        @Nullable NodeGroupProvider provider,
    @JsonPropertyDescription("Labels of the nodes that belong to the group when no cloud says so.")
        Map<String, String> nodeSelector,
    @JsonPropertyDescription("Never fewer nodes than this.") @Required @Min(0) int minSize,
    @JsonPropertyDescription("Never more nodes than this.") @Required @Min(0) int maxSize,
    @JsonPropertyDescription("Zones in which nodes may be bought.") @Size(max = 32)
        List<String> zones,
    @JsonPropertyDescription("Machine types that may be bought, all alternatives.") @Size(max = 64)
        List<String> instanceTypes,
    @JsonPropertyDescription("How machines may be paid for; OnDemand when empty.") @Size(max = 2)
        List<PurchaseOption> purchases,
    @JsonPropertyDescription("Larger is preferred before prices are compared.")
        @Nullable Integer priority,
    @JsonPropertyDescription("Prices that win over the catalogue's.") @Size(max = 128)
        List<PriceOverride> prices,
    @JsonPropertyDescription("What new nodes look like; wins over what is known otherwise.")
        @Nullable Template template,
    @JsonPropertyDescription("The GpuStack that turns machines of this group into GPU nodes.")
        @Nullable String gpuStack,
    @JsonPropertyDescription("How the group grows.") @Nullable ScaleUpRules scaleUp,
    @JsonPropertyDescription("How the group shrinks; absent fields follow the Configuration.")
        @Nullable ScaleDownRules scaleDown,
    @JsonPropertyDescription("Decide and report, but change nothing.") boolean dryRun,
    @JsonPropertyDescription("Leave the group alone.") boolean paused) {
  public NodeGroupSpec {
    nodeSelector = Absent.toEmpty(nodeSelector);
    zones = Absent.toEmpty(zones);
    instanceTypes = Absent.toEmpty(instanceTypes);
    purchases = Absent.toEmpty(purchases);
    prices = Absent.toEmpty(prices);
  }

  /** How machines may be paid for. */
  public enum PurchaseOption {
    OnDemand,
    Spot
  }

  /** A price that wins over the catalogue's. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record PriceOverride(
      @Required @Size(min = 1) String instanceType,
      @JsonPropertyDescription("Every zone when absent.") @Nullable String zone,
      @JsonPropertyDescription("Every way of paying when absent.")
          @Nullable PurchaseOption purchase,
      @JsonPropertyDescription("US dollars an hour.") @Required @Min(0) double usdPerHour) {}

  /** What new nodes look like. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Template(
      Map<String, String> labels,
      @JsonPropertyDescription("Taints that stay.") List<TemplateTaint> taints,
      @JsonPropertyDescription("Taints that go away while the node starts.")
          List<TemplateTaint> startupTaints,
      @JsonPropertyDescription("Allocatable amounts, each of them wins over what is known.")
          Map<String, Quantity> resources,
      @JsonPropertyDescription(
              "Devices that a new node's drivers will publish, as the specs of ResourceSlices;"
                  + " pool and node may be left out.")
          @Size(max = 32)
          List<ResourceSliceSpec> resourceSlices) {
    public Template {
      labels = Absent.toEmpty(labels);
      taints = Absent.toEmpty(taints);
      startupTaints = Absent.toEmpty(startupTaints);
      resources = Absent.toEmpty(resources);
      resourceSlices = Absent.toEmpty(resourceSlices);
    }
  }

  /** A taint. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record TemplateTaint(
      @Required @Size(min = 1) String key, @Nullable String value, @Required TaintEffect effect) {}

  /** What a taint does. */
  public enum TaintEffect {
    NoSchedule,
    PreferNoSchedule,
    NoExecute
  }

  /** How the group grows. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record ScaleUpRules(
      @JsonPropertyDescription("How long a machine may take until its node is ready.")
          @Pattern(Texts.DURATION)
          @Nullable String provisionTimeout,
      @JsonPropertyDescription(
              "GPU nodes that are kept free for pods to come, so that these start at once.")
          @Min(0)
          @io.fabric8.generator.annotation.Max(1000)
          @Nullable Integer warmNodes) {}

  /** How the group shrinks. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record ScaleDownRules(
      @JsonPropertyDescription("Whether nodes may be removed at all.") @Nullable Boolean enabled,
      @JsonPropertyDescription("How long a node must be unneeded.") @Pattern(Texts.DURATION)
          @Nullable String unneededTime,
      @JsonPropertyDescription("The share of requests at or below which a node is underutilized.")
          @Min(0)
          @io.fabric8.generator.annotation.Max(1)
          @Nullable Double utilizationThreshold) {}
}
