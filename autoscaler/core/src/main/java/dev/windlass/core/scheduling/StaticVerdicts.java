package dev.windlass.core.scheduling;

import dev.windlass.core.model.NodeSelectorTerm;
import dev.windlass.core.model.PodSpec;
import dev.windlass.core.model.Requirement;
import dev.windlass.core.model.Taint;
import dev.windlass.core.model.Toleration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
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
  private static final byte UNKNOWN = 0;
  private static final byte ALLOWED = 1;
  private static final byte REFUSED = 2;

  private record PodKind(
      Map<String, String> nodeSelector,
      @Nullable List<NodeSelectorTerm> nodeAffinity,
      List<Toleration> tolerations) {}

  /** The values are those of the labels that some pod asks for, empty where there is none. */
  private record NodeKind(
      List<Optional<String>> values, List<Taint> taints, boolean unschedulable, String name) {}

  private final Map<PodKind, Integer> podKinds = new HashMap<>();
  private final List<PodSpec> podSamples = new ArrayList<>();
  private final Map<NodeKind, Integer> nodeKinds = new HashMap<>();
  private final List<NodeFacts> nodeSamples = new ArrayList<>();
  private final Set<String> labelKeys = new LinkedHashSet<>();
  private final List<byte[]> memo = new ArrayList<>();
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
    List<Optional<String>> values = new ArrayList<>(labelKeys.size());
    for (String key : labelKeys) {
      values.add(Optional.ofNullable(node.labels().get(key)));
    }
    NodeKind kind =
        new NodeKind(values, node.taints(), node.unschedulable(), namesMatter ? node.name() : "");
    return nodeKinds.computeIfAbsent(
        kind,
        _ -> {
          nodeSamples.add(node);
          memo.add(new byte[0]);
          return nodeSamples.size() - 1;
        });
  }

  /** Whether pods of the kind may run on nodes of the kind, for all that is fixed. */
  boolean allows(int podKind, int nodeKind) {
    byte[] row = memo.get(nodeKind);
    if (row.length <= podKind) {
      row = Arrays.copyOf(row, podSamples.size());
      memo.set(nodeKind, row);
    }
    if (row[podKind] == UNKNOWN) {
      boolean allowed =
          NodePredicate.refuseAny(podSamples.get(podKind), nodeSamples.get(nodeKind)).isEmpty();
      row[podKind] = allowed ? ALLOWED : REFUSED;
    }
    return row[podKind] == ALLOWED;
  }

  /** Why not. */
  Optional<Refusal> refusal(PodShape shape, NodeFacts node) {
    return NodePredicate.refuseAny(shape.spec(), node);
  }
}
