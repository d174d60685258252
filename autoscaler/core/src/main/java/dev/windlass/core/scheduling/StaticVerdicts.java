package dev.windlass.core.scheduling;

import dev.windlass.core.model.NodeSelectorTerm;
import dev.windlass.core.model.PodSpec;
import dev.windlass.core.model.Requirement;
import dev.windlass.core.model.Taint;
import dev.windlass.core.model.Toleration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Answers the {@link NodePredicate}s once for each pair of a kind of pod and a kind of node. Nodes
 * are of one kind when they have equal taints and equal values of every label that some pod asks
 * for.
 */
final class StaticVerdicts {
  private record PodKind(
      Map<String, String> nodeSelector,
      @Nullable List<NodeSelectorTerm> nodeAffinity,
      List<Toleration> tolerations) {}

  private record NodeKind(
      Map<String, String> labels, List<Taint> taints, boolean unschedulable, String name) {}

  private final Map<PodKind, Integer> podKinds = new HashMap<>();
  private final List<PodSpec> podSamples = new ArrayList<>();
  private final Map<NodeKind, Integer> nodeKinds = new HashMap<>();
  private final List<NodeFacts> nodeSamples = new ArrayList<>();
  private final Set<String> labelKeys = new HashSet<>();
  private final List<List<@Nullable Boolean>> memo = new ArrayList<>();
  private boolean namesMatter;

  /** The kind of a pod; all pods are shown before the first node. */
  int podKind(PodSpec spec) {
    PodKind kind =
        new PodKind(
            spec.rules().nodeSelector(), spec.rules().nodeAffinity(), spec.rules().tolerations());
    Integer known = podKinds.get(kind);
    if (known != null) {
      return known;
    }
    labelKeys.addAll(kind.nodeSelector().keySet());
    if (kind.nodeAffinity() != null) {
      for (NodeSelectorTerm term : kind.nodeAffinity()) {
        term.labels().stream().map(Requirement::key).forEach(labelKeys::add);
        namesMatter |= !term.fields().isEmpty();
      }
    }
    podKinds.put(kind, podSamples.size());
    podSamples.add(spec);
    return podSamples.size() - 1;
  }

  /** The kind of a node. */
  int nodeKind(NodeFacts node) {
    Map<String, String> projected = new HashMap<>();
    for (String key : labelKeys) {
      String value = node.labels().get(key);
      if (value != null) {
        projected.put(key, value);
      }
    }
    NodeKind kind =
        new NodeKind(
            projected, node.taints(), node.unschedulable(), namesMatter ? node.name() : "");
    return nodeKinds.computeIfAbsent(
        kind,
        _ -> {
          nodeSamples.add(node);
          memo.add(new ArrayList<>());
          return nodeSamples.size() - 1;
        });
  }

  /** Whether pods of the kind may run on nodes of the kind, for all that is fixed. */
  boolean allows(int podKind, int nodeKind) {
    List<@Nullable Boolean> row = memo.get(nodeKind);
    while (row.size() <= podKind) {
      row.add(null);
    }
    Boolean known = row.get(podKind);
    if (known == null) {
      known = NodePredicate.refuseAny(podSamples.get(podKind), nodeSamples.get(nodeKind)).isEmpty();
      row.set(podKind, known);
    }
    return known;
  }

  /** Why not. */
  Optional<Refusal> refusal(PodShape shape, NodeFacts node) {
    return NodePredicate.refuseAny(shape.spec(), node);
  }
}
