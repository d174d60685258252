package dev.windlass.simulations.world;

import dev.windlass.core.model.Resources;
import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeSelector;
import io.fabric8.kubernetes.api.model.NodeSelectorRequirement;
import io.fabric8.kubernetes.api.model.NodeSelectorTerm;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.api.model.Toleration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whether a pod may run on a node, by kube-scheduler's rules for selectors, required node affinity,
 * taints, cordons and resources. Written apart from core's predicates on purpose: where the two
 * disagree, a pod for which a node was bought stays pending, and the demo fails.
 */
final class PodFit {
  private PodFit() {}

  /** Whether the rules allow it, whatever is free there. */
  static boolean allowed(PodSpec pod, Node node) {
    Map<String, String> labels = labels(node);
    boolean selected =
        pod.getNodeSelector() == null
            || labels.entrySet().containsAll(pod.getNodeSelector().entrySet());
    return selected
        && affinityMatches(pod.getAffinity(), labels)
        && !Boolean.TRUE.equals(node.getSpec().getUnschedulable())
        && tolerated(pod.getTolerations(), node);
  }

  /** Whether so much is free. */
  static boolean fits(Resources requests, Resources free) {
    return requests.amounts().entrySet().stream()
        .allMatch(entry -> entry.getValue() <= free.get(entry.getKey()) || entry.getValue() == 0);
  }

  /** What a pod asks for, from the node's view. */
  static Resources requests(Pod pod) {
    return Pods.requests(pod);
  }

  static Map<String, String> labels(Node node) {
    Map<String, String> labels = node.getMetadata().getLabels();
    return labels == null ? Map.of() : labels;
  }

  private static boolean affinityMatches(Affinity affinity, Map<String, String> labels) {
    if (affinity == null || affinity.getNodeAffinity() == null) {
      return true;
    }
    NodeSelector required =
        affinity.getNodeAffinity().getRequiredDuringSchedulingIgnoredDuringExecution();
    return required == null
        || required.getNodeSelectorTerms().stream().anyMatch(term -> matches(term, labels));
  }

  private static boolean matches(NodeSelectorTerm term, Map<String, String> labels) {
    return !term.getMatchExpressions().isEmpty()
        && term.getMatchExpressions().stream().allMatch(it -> matches(it, labels));
  }

  private static boolean matches(NodeSelectorRequirement rule, Map<String, String> labels) {
    String value = labels.get(rule.getKey());
    return switch (rule.getOperator()) {
      case "In" -> value != null && rule.getValues().contains(value);
      case "NotIn" -> value == null || !rule.getValues().contains(value);
      case "Exists" -> value != null;
      case "DoesNotExist" -> value == null;
      case "Gt" ->
          value != null && Long.parseLong(value) > Long.parseLong(rule.getValues().getFirst());
      case "Lt" ->
          value != null && Long.parseLong(value) < Long.parseLong(rule.getValues().getFirst());
      default -> false;
    };
  }

  private static boolean tolerated(List<Toleration> tolerations, Node node) {
    List<Taint> taints = node.getSpec().getTaints();
    return taints.stream()
        .filter(taint -> !"PreferNoSchedule".equals(taint.getEffect()))
        .allMatch(taint -> tolerations.stream().anyMatch(it -> tolerates(it, taint)));
  }

  private static boolean tolerates(Toleration toleration, Taint taint) {
    boolean effect =
        blank(toleration.getEffect()) || toleration.getEffect().equals(taint.getEffect());
    boolean exists = "Exists".equals(toleration.getOperator());
    boolean key = blank(toleration.getKey()) ? exists : toleration.getKey().equals(taint.getKey());
    boolean value = exists || text(toleration.getValue()).equals(text(taint.getValue()));
    return effect && key && value;
  }

  private static boolean blank(@Nullable String text) {
    return text == null || text.isEmpty();
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }
}
