package dev.windlass.core.scheduling;

import dev.windlass.core.model.AutoscalerState;
import dev.windlass.core.model.ClusterSnapshot;
import dev.windlass.core.model.Node;
import dev.windlass.core.model.NodeGroup;
import dev.windlass.core.model.NodeGroupName;
import dev.windlass.core.model.NodeName;
import dev.windlass.core.model.Offering;
import dev.windlass.core.model.Pod;
import dev.windlass.core.model.Resources;
import dev.windlass.core.model.Variant;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The cluster laid out in a workspace: a slot for every node with the pods that run there, and for
 * every node that has been ordered. Lives for one decision, and on for the next if that is about an
 * equal cluster.
 */
public final class ClusterMap {
  private ClusterSnapshot snapshot;
  private final Workspace workspace;
  private final GroupMembership membership;
  private final Map<NodeName, Site> sites = new TreeMap<>();
  private final Map<NodeGroupName, List<Slot>> upcoming = new TreeMap<>();
  private final List<Awaited> awaited = new ArrayList<>();
  private final List<Pod> toCome;
  private List<Pod> unsettled = new ArrayList<>();
  private final SortedMap<NodeGroupName, List<Offering>> missing;
  private int laidOut;

  /**
   * A node in the map.
   *
   * @param node the node
   * @param group its group, or null when Windlass does not scale it
   * @param standing what it is good for
   * @param slot its slot
   * @param pods what runs there
   * @param utilization the share of it that these ask for, 0 to 1 and more: of its GPUs when it has
   *     some, else the larger of cpu and memory
   */
  public record Site(
      Node node,
      @Nullable NodeGroup group,
      NodeStanding standing,
      Slot slot,
      List<Pod> pods,
      double utilization) {
    public Site {
      pods = List.copyOf(pods);
    }

    private Site readAnew(LaterReadings readings) {
      return new Site(
          readings.latest(node), group, standing, slot, readings.latest(pods), utilization);
    }
  }

  /** A node that was ordered and is not ready yet. */
  public record Awaited(NodeGroupName group, Variant variant, Slot slot) {}

  private ClusterMap(
      ClusterSnapshot snapshot,
      List<Pod> toCome,
      GroupMembership membership,
      SortedMap<NodeGroupName, List<Offering>> missing) {
    this.snapshot = snapshot;
    this.toCome = List.copyOf(toCome);
    this.membership = membership;
    this.missing = missing;
    workspace = WorkspaceBuilder.of(snapshot.workloads(), toCome);
  }

  /**
   * Lays a snapshot out.
   *
   * @param observed the snapshot; its groups' templates are completed
   * @param toCome pods that are about to exist
   */
  public static ClusterMap of(
      ClusterSnapshot observed, AutoscalerState state, List<Pod> toCome, Instant now) {
    ClusterSnapshot snapshot = GroupDevices.complete(observed);
    GroupMembership membership = new GroupMembership(snapshot.capacity());
    SortedMap<NodeGroupName, List<Offering>> missing =
        new UpcomingNodes(snapshot.capacity(), membership, state, now).missing();
    ClusterMap map = new ClusterMap(snapshot, toCome, membership, missing);
    map.layNodes(new Standings(membership, state, now), now);
    missing.forEach(map::layUpcoming);
    map.laidOut = map.workspace.mark();
    return map;
  }

  /**
   * Makes this the map of a later snapshot, what planners have put there taken back, if that would
   * be laid out alike; else nothing has changed.
   */
  boolean renew(
      ClusterSnapshot observed, AutoscalerState state, List<Pod> comingThen, Instant now) {
    ClusterSnapshot later = GroupDevices.complete(observed);
    LaterReadings readings = LaterReadings.between(snapshot, later).orElse(null);
    if (readings == null || !toCome.equals(comingThen)) {
      return false;
    }
    Standings standings = new Standings(membership, state, now);
    for (Site site : sites.values()) {
      Node node = readings.latest(site.node());
      if (standings.of(node) != site.standing()
          || !facts(node, site.standing(), now).equals(site.slot().facts())) {
        return false;
      }
    }
    if (!new UpcomingNodes(later.capacity(), membership, state, now).missing().equals(missing)) {
      return false;
    }
    workspace.revert(laidOut);
    snapshot = later;
    sites.replaceAll(
        (name, site) -> readings.touched().contains(name) ? site.readAnew(readings) : site);
    unsettled = readings.latest(unsettled);
    return true;
  }

  private void layNodes(Standings standings, Instant now) {
    Map<NodeName, List<Pod>> running = new HashMap<>();
    for (Pod pod : snapshot.workloads().pods()) {
      NodeName node = pod.occupiesNode() ? pod.placement().node() : pod.placement().nominatedNode();
      if (node != null && !pod.status().isTerminal()) {
        running.computeIfAbsent(node, _ -> new ArrayList<>()).add(pod);
      }
      if (pod.isPending() || pod.placement().gang() != null) {
        unsettled.add(pod);
      }
    }
    List<Node> nodes = new ArrayList<>(snapshot.capacity().nodes());
    nodes.sort(Comparator.comparing(Node::name));
    for (Node node : nodes) {
      lay(node, standings.of(node), now, running.getOrDefault(node.name(), List.of()));
    }
  }

  private void layUpcoming(NodeGroupName group, List<Offering> offerings) {
    List<Slot> slots = upcoming.computeIfAbsent(group, _ -> new ArrayList<>());
    for (Offering offering : offerings) {
      String name = group + "/" + (slots.size() + 1);
      Slot slot =
          workspace.openNew(
              NodeFacts.of(offering.template(), name), offering.template().allocatable());
      slots.add(slot);
      awaited.add(new Awaited(group, offering.variant(), slot));
    }
  }

  /** What of the node decides who may run there. */
  private NodeFacts facts(Node node, NodeStanding standing, Instant now) {
    Offering offering = offering(node);
    return standing == NodeStanding.STARTING
        ? StartingNode.facts(node, offering)
        : StartingNode.withDevicesToCome(
            NodeFacts.of(node), node, membership.group(node).orElse(null), offering, now);
  }

  private @Nullable Offering offering(Node node) {
    return membership.group(node).flatMap(group -> membership.offering(node, group)).orElse(null);
  }

  private void lay(Node node, NodeStanding standing, Instant now, List<Pod> pods) {
    NodeGroup group = membership.group(node).orElse(null);
    Offering offering = offering(node);
    boolean usable = standing == NodeStanding.READY || standing == NodeStanding.STARTING;
    Resources allocatable =
        standing == NodeStanding.STARTING
            ? StartingNode.allocatable(node, offering)
            : node.status().allocatable();
    Slot slot = workspace.open(facts(node, standing, now), allocatable, usable);
    List<Pod> ordered = new ArrayList<>(pods);
    ordered.sort(RunningOrder.DEVICES_KNOWN_FIRST);
    Set<PodShape> there = new HashSet<>();
    for (Pod pod : ordered) {
      there.add(workspace.run(pod, slot));
    }
    double utilization = workspace.utilization(slot, node.status().allocatable());
    if (standing == NodeStanding.STARTING) {
      workspace.startDaemons(slot, there);
      if (group != null && offering != null) {
        awaited.add(new Awaited(group.name(), offering.variant(), slot));
      }
    }
    sites.put(node.name(), new Site(node, group, standing, slot, ordered, utilization));
  }

  /** What was laid out, with complete templates. */
  public ClusterSnapshot snapshot() {
    return snapshot;
  }

  /** Where pods can be put in thought. */
  public Workspace workspace() {
    return workspace;
  }

  /** Which group each node belongs to. */
  public GroupMembership membership() {
    return membership;
  }

  /**
   * The workloads without the pods that run: only those that wait, and those of gangs, are left.
   */
  public ClusterSnapshot.Workloads unsettled() {
    ClusterSnapshot.Workloads all = snapshot.workloads();
    return new ClusterSnapshot.Workloads(
        unsettled,
        all.podGroups(),
        all.daemonSets(),
        all.budgets(),
        all.namespaceLabels(),
        all.storage(),
        all.devices());
  }

  /** Every node, by name. */
  public Map<NodeName, Site> sites() {
    return Collections.unmodifiableMap(sites);
  }

  /** Nodes that have been ordered and have no Node object, by group. */
  public Map<NodeGroupName, List<Slot>> upcoming() {
    return Collections.unmodifiableMap(upcoming);
  }

  /** All nodes that were ordered and are not ready yet, with or without a Node object. */
  public List<Awaited> awaited() {
    return Collections.unmodifiableList(awaited);
  }
}
