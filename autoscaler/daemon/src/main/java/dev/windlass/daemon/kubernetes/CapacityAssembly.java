package dev.windlass.daemon.kubernetes;

import dev.windlass.core.model.ClusterSnapshot.Capacity;
import dev.windlass.core.model.GroupFailure;
import dev.windlass.core.model.Instance;
import dev.windlass.core.model.Node;
import dev.windlass.core.model.NodeGroup;
import dev.windlass.core.model.NodeGroupName;
import dev.windlass.core.model.TemplateDrift;
import dev.windlass.daemon.cloud.CloudView;
import dev.windlass.daemon.resource.CloudFacts;
import dev.windlass.daemon.resource.NodeGroupDefinition;
import dev.windlass.provider.spi.GroupView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts node groups, their nodes and what their clouds say together. A group that its cloud has
 * never described is left out; one whose description is too old, or that another autoscaler scales
 * too, is there but paused, so that its machines still count and nobody else is blocked.
 */
final class CapacityAssembly {
  private final Duration tooOld;
  private final Instant now;
  private final SampleNodes samples;
  private final Map<NodeGroupName, List<TemplateDrift>> drifts = new HashMap<>();
  private final List<NodeGroup> groups = new ArrayList<>();
  private final List<Instance> instances = new ArrayList<>();
  private Map<NodeGroupName, String> managedElsewhere = Map.of();
  private @Nullable Instant oldestFresh;
  private @Nullable Instant oldest;

  private CapacityAssembly(Age age, SampleNodes samples) {
    this.tooOld = age.tooOld();
    this.now = age.now();
    this.samples = samples;
  }

  /**
   * Capacity and how old the clouds' part of it is.
   *
   * @param capacity for the snapshot
   * @param managedElsewhere the groups that another autoscaler scales, and a sentence on it
   * @param drifts the groups whose nodes are not as described, and in what
   * @param cloudsAt when the oldest description that is not too old was asked for; of all, when all
   *     are too old; now, when no group has a cloud
   */
  record Assembled(
      Capacity capacity,
      Map<NodeGroupName, String> managedElsewhere,
      Map<NodeGroupName, List<TemplateDrift>> drifts,
      Instant cloudsAt) {}

  /**
   * What the clouds say.
   *
   * @param views of each group, as far as it was read
   * @param failures purchases that failed since the last tick
   */
  record Clouds(Map<NodeGroupName, CloudView> views, List<GroupFailure> failures) {}

  static Assembled assemble(
      List<NodeGroupDefinition> definitions,
      List<Node> nodes,
      Clouds clouds,
      Age age,
      OtherAutoscalers others,
      SampleNodes samples) {
    CapacityAssembly assembly = new CapacityAssembly(age, samples);
    Map<NodeGroupName, CloudView> views = clouds.views();
    List<GroupFailure> failures = clouds.failures();
    Membership members =
        Membership.of(
            new Capacity(
                nodes,
                definitions.stream().map(NodeGroupDefinition::group).toList(),
                views.values().stream().flatMap(view -> view.group().instances().stream()).toList(),
                failures));
    assembly.managedElsewhere = others.conflicts(definitions, members);
    samples.keep(definitions.stream().map(each -> each.group().name()).toList());
    definitions.forEach(each -> assembly.add(each, views.get(each.group().name()), members));
    Instant at = assembly.oldestFresh == null ? assembly.oldest : assembly.oldestFresh;
    return new Assembled(
        new Capacity(nodes, assembly.groups, assembly.instances, failures),
        assembly.managedElsewhere,
        Map.copyOf(assembly.drifts),
        at == null ? age.now() : at);
  }

  /**
   * What counts as too old.
   *
   * @param now the time
   * @param tooOld the age
   */
  record Age(Instant now, Duration tooOld) {}

  private void add(NodeGroupDefinition definition, @Nullable CloudView view, Membership members) {
    NodeGroupName name = definition.group().name();
    if (definition.provider() == null) {
      groups.add(sized(definition, members.count(name), members, CloudFacts.NONE));
      return;
    }
    if (view == null) {
      return;
    }
    oldest = earlier(oldest, view.at());
    NodeGroup group =
        bounded(
            sized(definition.withFacts(view.facts()), view.group().target(), members, view.facts()),
            view.group().limits());
    boolean stale = view.at().plus(tooOld).isBefore(now);
    if (!stale) {
      oldestFresh = earlier(oldestFresh, view.at());
    }
    groups.add(stale || managedElsewhere.containsKey(name) ? paused(group) : group);
    instances.addAll(view.group().instances());
  }

  /** The group as its own nodes show it. */
  private NodeGroup sized(
      NodeGroupDefinition definition, int target, Membership members, CloudFacts facts) {
    NodeGroupName name = definition.group().name();
    @Nullable Node sample = samples.of(name, members.newestReady(name), facts);
    if (sample != null) {
      List<TemplateDrift> drift = definition.drift(sample);
      if (!drift.isEmpty()) {
        drifts.put(name, drift);
      }
    }
    return definition.withTarget(target, sample);
  }

  private static Instant earlier(@Nullable Instant known, Instant other) {
    return known == null || other.isBefore(known) ? other : known;
  }

  /** The cloud's own bounds hold whatever the spec says. */
  private static NodeGroup bounded(NodeGroup group, GroupView.Limits limits) {
    int max = Math.min(group.size().max(), limits.max());
    int min = Math.min(max, Math.max(group.size().min(), limits.min()));
    return new NodeGroup(
        group.name(),
        group.identity(),
        new NodeGroup.Size(min, max, group.size().target()),
        group.offerings(),
        group.settings(),
        group.matchLabels());
  }

  private static NodeGroup paused(NodeGroup group) {
    NodeGroup.Settings settings = group.settings();
    return new NodeGroup(
        group.name(),
        group.identity(),
        group.size(),
        group.offerings(),
        new NodeGroup.Settings(
            NodeGroup.Mode.PAUSED,
            settings.priority(),
            settings.gpuStack(),
            settings.scaleDown(),
            settings.provisionTimeout(),
            settings.warmNodes()),
        group.matchLabels());
  }
}
