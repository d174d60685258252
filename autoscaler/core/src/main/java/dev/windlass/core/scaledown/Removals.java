package dev.windlass.core.scaledown;

import dev.windlass.core.action.Action;
import dev.windlass.core.model.AutoscalerState;
import dev.windlass.core.model.Instance;
import dev.windlass.core.model.Keys;
import dev.windlass.core.model.Node;
import dev.windlass.core.model.NodeGroup;
import dev.windlass.core.model.NodeGroupName;
import dev.windlass.core.model.Pod;
import dev.windlass.core.model.RemovalTaint;
import dev.windlass.core.model.Source;
import dev.windlass.core.scheduling.ClusterMap;
import dev.windlass.core.scheduling.ClusterMap.Site;
import dev.windlass.core.scheduling.NodeStanding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The next step of every removal that is on its way: taint (done), evict, delete the machine, and
 * only when the cloud says that it is gone delete the Node object. What has been done is read from
 * the cluster, so a restart loses nothing.
 */
final class Removals {
  private final ClusterMap map;
  private final DrainContext context;
  private final Budgets budgets;
  private final AutoscalerState state;
  private final Duration drainTimeout;
  private final boolean cloudKnown;
  private final DeletionDelay deletion;
  private final List<Action> steps = new ArrayList<>();
  private final Map<NodeGroupName, Integer> leaving = new HashMap<>();
  private int draining;

  Removals(
      ClusterMap map,
      AutoscalerState state,
      Duration drainTimeout,
      DrainContext context,
      Budgets budgets) {
    this.map = map;
    this.state = state;
    this.drainTimeout = drainTimeout;
    this.context = context;
    this.budgets = budgets;
    deletion = new DeletionDelay(context.now());
    cloudKnown = map.snapshot().observedAt().containsKey(Source.CLOUD);
  }

  List<Action> steps() {
    return steps;
  }

  /** How many nodes still have pods to evict. */
  int draining() {
    return draining;
  }

  /** How many machines of the group will go without having been given back to the cloud yet. */
  int leaving(NodeGroup group) {
    return leaving.getOrDefault(group.name(), 0);
  }

  /** Takes the node's next step; returns why it goes, or empty when it is kept after all. */
  Optional<RemovalReason> advance(Site site, NodeGroup group) {
    Node node = site.node();
    Instance instance = map.membership().instance(node);
    boolean gone = instance == null && isOfACloud(site, group);
    if (gone) {
      steps.add(new Action.DeleteNodeObject(node.name(), node.identity()));
      return Optional.of(RemovalReason.EMPTY);
    }
    if (node.status().deletedAt() != null
        || (instance != null && instance.state() == Instance.State.DELETING)) {
      return Optional.of(RemovalReason.EMPTY);
    }
    leaving.merge(group.name(), 1, Integer::sum);
    if (instance != null && instance.endsSoon(context.now())) {
      return interrupt(site, group, instance);
    }
    return drain(site, group, instance);
  }

  /** The cloud takes it away whether it is drained or not: nothing calls that off. */
  private Optional<RemovalReason> interrupt(Site site, NodeGroup group, Instance instance) {
    Node node = site.node();
    if (!node.hasTaint(Keys.DISRUPTED)) {
      steps.add(
          new Action.TaintForRemoval(
              node.name(),
              node.identity(),
              context.now(),
              "its cloud takes the machine away at " + instance.endsAt()));
    } else {
      drain(site, group, instance);
    }
    return Optional.of(RemovalReason.INTERRUPTED);
  }

  private Optional<RemovalReason> drain(Site site, NodeGroup group, @Nullable Instance instance) {
    boolean mustGo =
        state.hasFailedBootstrap(site.node().spec().providerId())
            || (instance != null && instance.endsSoon(context.now()));
    Occupants pods = Occupants.judge(site.pods(), context, budgets, mustGo);
    if (!mustGo && !pods.kept().isEmpty()) {
      return callOff(site, pods.kept());
    }
    if (!mustGo && !pods.held().isEmpty() && isLate(site.node())) {
      return callOff(site, pods.held() + ", and its drain began too long ago");
    }
    pods.leaving().forEach(pod -> evict(pod, site.node()));
    if (pods.any() || evictLast(site.node(), pods.last())) {
      draining++;
      return Optional.of(RemovalReason.UNDERUTILIZED);
    }
    if (instance != null) {
      release(site.node(), group, instance);
    }
    return Optional.of(RemovalReason.EMPTY);
  }

  private void evict(Pod pod, Node node) {
    steps.add(new Action.EvictPod(pod.key(), pod.metadata().identity(), node.name()));
  }

  /** Gives the machine of a drained node back, unless somebody asks to wait. */
  private void release(Node node, NodeGroup group, Instance instance) {
    if (!deletion.isDelayed(node, steps)) {
      steps.add(
          new Action.DeleteInstance(
              group.name(), instance.id(), node.name().value(), "the node is drained"));
    }
  }

  /** Asks daemons to end as far as their budgets allow it; says whether any is waited for. */
  private boolean evictLast(Node node, List<Pod> daemons) {
    boolean waits = false;
    for (Pod daemon : daemons) {
      if (daemon.metadata().deletedAt() != null) {
        waits = true;
      } else if (budgets.take(daemon)) {
        waits = true;
        evict(daemon, node);
      }
    }
    return waits;
  }

  private Optional<RemovalReason> callOff(Site site, String why) {
    steps.add(new Action.CancelRemoval(site.node().name(), site.node().identity(), why));
    return Optional.empty();
  }

  private boolean isLate(Node node) {
    return RemovalTaint.since(node)
        .filter(began -> !context.now().isBefore(began.plus(drainTimeout)))
        .isPresent();
  }

  /** Machines that will never be nodes, and Node objects whose machines are gone. */
  void clear() {
    for (Instance instance : map.snapshot().capacity().instances()) {
      NodeGroup group = map.membership().group(instance.group());
      if (group == null || group.settings().mode() == NodeGroup.Mode.PAUSED) {
        continue;
      }
      boolean failed = instance.state() == Instance.State.FAILED;
      if (failed || isOverdue(instance, group)) {
        String why =
            failed
                ? "the cloud could not make it"
                : "no node after " + group.settings().provisionTimeout().toMinutes() + " minutes";
        steps.add(new Action.DeleteInstance(group.name(), instance.id(), "", why));
      }
    }
    for (Site site : map.sites().values()) {
      boolean orphaned =
          site.group() != null
              && isOfACloud(site, site.group())
              && site.standing() == NodeStanding.UNREADY
              && map.membership().instance(site.node()) == null;
      if (orphaned) {
        steps.add(new Action.DeleteNodeObject(site.node().name(), site.node().identity()));
      }
    }
  }

  /** Whether a cloud that answers would know the node's machine; a selector's nodes have none. */
  private boolean isOfACloud(Site site, NodeGroup group) {
    return cloudKnown
        && group.matchLabels().isEmpty()
        && !site.node().spec().providerId().isEmpty();
  }

  /** GPU machines have deadlines of their own. */
  private boolean isOverdue(Instance instance, NodeGroup group) {
    boolean alive =
        instance.state() == Instance.State.CREATING || instance.state() == Instance.State.RUNNING;
    return alive
        && group.settings().gpuStack() == null
        && !map.membership().isRegistered(instance)
        && !context.now().isBefore(instance.createdAt().plus(group.settings().provisionTimeout()));
  }
}
