package dev.windlass.core.scheduling;

import dev.windlass.core.model.AutoscalerState;
import dev.windlass.core.model.ClusterSnapshot;
import dev.windlass.core.model.Node;
import dev.windlass.core.model.NodeGroup;
import dev.windlass.core.model.NodeGroupName;
import dev.windlass.core.model.NodeName;
import dev.windlass.core.model.Offering;
import dev.windlass.core.model.Pod;
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
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The cluster laid out in a workspace: a slot for every node with the pods that run there, and for
 * every node that has been ordered. Lives for one decision.
 */
public final class ClusterMap {
  private final ClusterSnapshot snapshot;
  private final Workspace workspace;
  private final GroupMembership membership;
  private final Map<NodeName, Site> sites = new TreeMap<>();
  private final Map<NodeGroupName, List<Slot>> upcoming = new TreeMap<>();
  private final List<Awaited> awaited = new ArrayList<>();

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
  }

  /** A node that was ordered and is not ready yet. */
  public record Awaited(NodeGroupName group, Variant variant, Slot slot) {}

  private ClusterMap(ClusterSnapshot snapshot, Workspace workspace, GroupMembership membership) {
    this.snapshot = snapshot;
    this.workspace = workspace;
    this.membership = membership;
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
    Workspace workspace = WorkspaceBuilder.of(snapshot.workloads(), toCome);
    ClusterMap map = new ClusterMap(snapshot, workspace, membership);
    Map<NodeName, List<Pod>> running = new HashMap<>();
    for (Pod pod : snapshot.workloads().pods()) {
      NodeName node = pod.occupiesNode() ? pod.placement().node() : pod.placement().nominatedNode();
      if (node != null && !pod.status().isTerminal()) {
        running.computeIfAbsent(node, _ -> new ArrayList<>()).add(pod);
      }
    }
    Standings standings = new Standings(membership, state, now);
    List<Node> nodes = new ArrayList<>(snapshot.capacity().nodes());
    nodes.sort(Comparator.comparing(Node::name));
    for (Node node : nodes) {
      map.lay(node, standings.of(node), now, running.getOrDefault(node.name(), List.of()));
    }
    new UpcomingNodes(snapshot.capacity(), membership, state, now)
        .missing()
        .forEach((group, offerings) -> {
          List<Slot> slots = map.upcoming.computeIfAbsent(group, _ -> new ArrayList<>());
          for (Offering offering : offerings) {
            String name = group + "/" + (slots.size() + 1);
            Slot slot =
                workspace.openNew(
                    NodeFacts.of(offering.template(), name), offering.template().allocatable());
            slots.add(slot);
            map.awaited.add(new Awaited(group, offering.variant(), slot));
          }
        });
    return map;
  }

  private void lay(Node node, NodeStanding standing, Instant now, List<Pod> pods) {
    NodeGroup group = membership.group(node).orElse(null);
    Offering offering = group == null ? null : membership.offering(node, group).orElse(null);
    boolean usable = standing == NodeStanding.READY || standing == NodeStanding.STARTING;
    Slot slot;
    if (standing == NodeStanding.STARTING) {
      slot =
          workspace.open(
              StartingNode.facts(node, offering), StartingNode.allocatable(node, offering), usable);
    } else {
      NodeFacts facts =
          StartingNode.withDevicesToCome(NodeFacts.of(node), node, group, offering, now);
      slot = workspace.open(facts, node.status().allocatable(), usable);
    }
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
