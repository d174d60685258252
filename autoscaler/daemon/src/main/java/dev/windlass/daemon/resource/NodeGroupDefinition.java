package dev.windlass.daemon.resource;

import dev.windlass.core.model.GpuStackName;
import dev.windlass.core.model.Keys;
import dev.windlass.core.model.Node;
import dev.windlass.core.model.NodeGroup;
import dev.windlass.core.model.TemplateDrift;
import dev.windlass.provider.spi.GroupReference;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A valid NodeGroup resource: everything about the group but what only its cloud and its nodes
 * know.
 *
 * @param group the group with a target of zero and offerings from spec and catalogue
 * @param provider its cloud, or null without one
 * @param offerings makes its offerings anew when a node of it is known
 */
public record NodeGroupDefinition(
    NodeGroup group, @Nullable ProviderReference provider, NodeGroupOfferings offerings) {
  /**
   * The group of a cloud.
   *
   * @param kind {@code aws}, {@code azure}, {@code gcp} or {@code simulated}
   * @param cloudId the cloud's own name: the Auto Scaling group; {@code RESOURCE-GROUP/SCALE-SET};
   *     {@code PROJECT/LOCATION/MANAGER} with an empty project for the provider's default; the
   *     simulated group
   * @param region where it is, empty for the provider's default
   */
  public record ProviderReference(String kind, String cloudId, String region) {}

  /** The group with its present target. */
  public NodeGroup withTarget(int target) {
    return withTarget(target, null);
  }

  /**
   * The group with its present target.
   *
   * @param target what the cloud was last asked for; without a cloud, the number of nodes
   * @param newestReady its newest ready node, or null: beats the catalogue, not the spec's template
   */
  public NodeGroup withTarget(int target, @Nullable Node newestReady) {
    NodeGroup.Size size = new NodeGroup.Size(group.size().min(), group.size().max(), target);
    return new NodeGroup(
        group.name(),
        group.identity(),
        size,
        newestReady == null ? group.offerings() : offerings.seenOn(newestReady),
        group.settings(),
        group.matchLabels());
  }

  /**
   * How a ready node of the group differs from what spec, cloud and catalogue say of its variant;
   * nothing when they say nothing of it.
   */
  public List<TemplateDrift> drift(Node node) {
    String type = node.labels().getOrDefault(Keys.INSTANCE_TYPE, "");
    String zone = node.labels().getOrDefault(Keys.ZONE, "");
    return group.offerings().stream()
        .filter(each -> isEmptyOr(type, each.variant().instanceType()))
        .filter(each -> isEmptyOr(zone, each.variant().zone()))
        .findFirst()
        .map(each -> TemplateDrift.between(each.template(), offerings.shownBy(node)))
        .orElse(List.of());
  }

  private static boolean isEmptyOr(String expected, String value) {
    return value.isEmpty() || value.equals(expected);
  }

  /**
   * The group when its GpuStack is known: how many GPUs a new machine will advertise follows from
   * how the stack shares and partitions them.
   */
  public NodeGroupDefinition withStack(GpuStackSpec stack) {
    return withOfferings(offerings.withStack(stack));
  }

  private NodeGroupDefinition withOfferings(NodeGroupOfferings changed) {
    NodeGroup same =
        new NodeGroup(
            group.name(),
            group.identity(),
            group.size(),
            changed.known(),
            group.settings(),
            group.matchLabels());
    return new NodeGroupDefinition(same, provider, changed);
  }

  /** The group when its cloud has described what it may bring. */
  public NodeGroupDefinition withFacts(CloudFacts facts) {
    return withOfferings(offerings.withFacts(facts));
  }

  /** The same with the stack that the group names, if it is one of these. */
  public NodeGroupDefinition withStack(Map<String, GpuStackSpec> stacks) {
    GpuStackName name = group.settings().gpuStack();
    GpuStackSpec spec = name == null ? null : stacks.get(name.value());
    return spec == null ? this : withStack(spec);
  }

  /** How a provider finds the group; empty without a cloud. */
  public Optional<GroupReference> reference() {
    return provider == null
        ? Optional.empty()
        : Optional.of(
            new GroupReference(
                group.name(), provider.cloudId(), provider.region(), group.offerings()));
  }
}
