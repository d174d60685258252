package dev.windlass.daemon.kubernetes;

import dev.windlass.core.model.ClusterSnapshot.Capacity;
import dev.windlass.core.model.GroupFailure;
import dev.windlass.core.model.Instance;
import dev.windlass.core.model.Node;
import dev.windlass.core.model.NodeGroup;
import dev.windlass.core.model.NodeGroupName;
import dev.windlass.daemon.cloud.CloudView;
import dev.windlass.daemon.resource.NodeGroupDefinition;
import dev.windlass.provider.spi.GroupView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts node groups, their nodes and what their clouds say together. A group that its cloud has
 * never described is left out; one whose description is too old is there but paused, so that its
 * machines still count and a cloud that is out of reach blocks nobody else.
 */
final class CapacityAssembly {
  private final Duration tooOld;
  private final Instant now;
  private final List<NodeGroup> groups = new ArrayList<>();
  private final List<Instance> instances = new ArrayList<>();
  private @Nullable Instant oldestFresh;
  private @Nullable Instant oldest;

  private CapacityAssembly(Duration tooOld, Instant now) {
    this.tooOld = tooOld;
    this.now = now;
  }

  /**
   * Capacity and how old the clouds' part of it is.
   *
   * @param capacity for the snapshot
   * @param cloudsAt when the oldest description that is not too old was asked for; of all, when all
   *     are too old; now, when no group has a cloud
   */
  record Assembled(Capacity capacity, Instant cloudsAt) {}

  static Assembled assemble(
      List<NodeGroupDefinition> definitions,
      List<Node> nodes,
      Map<NodeGroupName, CloudView> views,
      List<GroupFailure> failures,
      Age age) {
    CapacityAssembly assembly = new CapacityAssembly(age.tooOld(), age.now());
    Membership members =
        Membership.of(
            new Capacity(
                nodes,
                definitions.stream().map(NodeGroupDefinition::group).toList(),
                views.values().stream().flatMap(view -> view.group().instances().stream()).toList(),
                failures));
    definitions.forEach(each -> assembly.add(each, views.get(each.group().name()), members));
    Instant at = assembly.oldestFresh == null ? assembly.oldest : assembly.oldestFresh;
    return new Assembled(
        new Capacity(nodes, assembly.groups, assembly.instances, failures),
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
      groups.add(definition.withTarget(members.count(name), members.newestReady(name)));
      return;
    }
    if (view == null) {
      return;
    }
    oldest = earlier(oldest, view.at());
    NodeGroup group =
        bounded(
            definition
                .withFacts(view.facts())
                .withTarget(view.group().target(), members.newestReady(name)),
            view.group().limits());
    boolean stale = view.at().plus(tooOld).isBefore(now);
    if (!stale) {
      oldestFresh = earlier(oldestFresh, view.at());
    }
    groups.add(stale ? paused(group) : group);
    instances.addAll(view.group().instances());
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
