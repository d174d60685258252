package dev.windlass.core.scheduling;

import static dev.windlass.core.testing.Pods.pod;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.NodeSelectorTerm;
import dev.windlass.core.model.PodPlacementRules;
import dev.windlass.core.model.Requirement;
import dev.windlass.core.model.Requirement.Operator;
import dev.windlass.core.model.Taint;
import dev.windlass.core.model.Toleration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class NodePredicateTest {
  private static final Taint GPU = new Taint("gpu", "yes", Taint.Effect.NO_SCHEDULE);
  private static final Taint EVICTING = new Taint("gpu", "yes", Taint.Effect.NO_EXECUTE);
  private static final Taint SOFT = new Taint("gpu", "yes", Taint.Effect.PREFER_NO_SCHEDULE);

  private static NodeFacts node(Taint... taints) {
    return new NodeFacts("n1", Map.of("disk", "ssd", "cores", "8"), List.of(taints), false);
  }

  private static NodeFacts cordoned() {
    return new NodeFacts("n1", Map.of(), List.of(), true);
  }

  private static PodPlacementRules selecting(String key, String value) {
    return new PodPlacementRules(
        Map.of(key, value), null, List.of(), List.of(), List.of(), List.of());
  }

  private static PodPlacementRules affine(NodeSelectorTerm... terms) {
    return new PodPlacementRules(
        Map.of(), List.of(terms), List.of(), List.of(), List.of(), List.of());
  }

  private static PodPlacementRules tolerating(Toleration... tolerations) {
    return new PodPlacementRules(
        Map.of(), null, List.of(tolerations), List.of(), List.of(), List.of());
  }

  private static NodeSelectorTerm label(String key, Operator operator, String... values) {
    return new NodeSelectorTerm(List.of(new Requirement(key, operator, Set.of(values))), List.of());
  }

  private static NodeSelectorTerm named(String name) {
    return new NodeSelectorTerm(
        List.of(), List.of(new Requirement("metadata.name", Operator.IN, Set.of(name))));
  }

  private static Arguments row(
      String what, PodPlacementRules rules, NodeFacts node, Refusal.@Nullable Rule refusal) {
    return Arguments.of(what, rules, node, refusal);
  }

  static Stream<Arguments> table() {
    PodPlacementRules anywhere = PodPlacementRules.ANYWHERE;
    Toleration equal = new Toleration("gpu", Toleration.Operator.EQUAL, "yes", null);
    Toleration other = new Toleration("gpu", Toleration.Operator.EQUAL, "no", null);
    Toleration scheduling =
        new Toleration("gpu", Toleration.Operator.EXISTS, "", Taint.Effect.NO_SCHEDULE);
    Toleration everything = new Toleration("", Toleration.Operator.EXISTS, "", null);
    return Stream.of(
        row("no rule", anywhere, node(), null),
        row("a taint", anywhere, node(GPU), Refusal.Rule.TAINT),
        row("a taint that only advises", anywhere, node(SOFT), null),
        row("a tolerated taint", tolerating(equal), node(GPU), null),
        row("another value", tolerating(other), node(GPU), Refusal.Rule.TAINT),
        row("any value", tolerating(Toleration.exists("gpu")), node(GPU), null),
        row("another effect", tolerating(scheduling), node(EVICTING), Refusal.Rule.TAINT),
        row("any taint", tolerating(everything), node(GPU, EVICTING), null),
        row("a cordon", anywhere, cordoned(), Refusal.Rule.NODE_UNSCHEDULABLE),
        row(
            "a tolerated cordon",
            tolerating(Toleration.exists("node.kubernetes.io/unschedulable")),
            cordoned(),
            null),
        row(
            "a cordon and another toleration",
            tolerating(Toleration.exists("gpu")),
            cordoned(),
            Refusal.Rule.NODE_UNSCHEDULABLE),
        row(
            "a toleration of another key",
            tolerating(Toleration.exists("team")),
            node(GPU),
            Refusal.Rule.TAINT),
        row("a selected label", selecting("disk", "ssd"), node(), null),
        row("another label", selecting("disk", "hdd"), node(), Refusal.Rule.NODE_SELECTOR),
        row("a missing label", selecting("rack", "1"), node(), Refusal.Rule.NODE_SELECTOR),
        row("In", affine(label("disk", Operator.IN, "ssd", "nvme")), node(), null),
        row("not in", affine(label("disk", Operator.IN, "x")), node(), Refusal.Rule.NODE_AFFINITY),
        row("NotIn", affine(label("disk", Operator.NOT_IN, "hdd")), node(), null),
        row("NotIn without label", affine(label("rack", Operator.NOT_IN, "1")), node(), null),
        row("Exists", affine(label("disk", Operator.EXISTS)), node(), null),
        row(
            "DoesNotExist",
            affine(label("disk", Operator.DOES_NOT_EXIST)),
            node(),
            Refusal.Rule.NODE_AFFINITY),
        row("Gt", affine(label("cores", Operator.GREATER, "7")), node(), null),
        row(
            "Gt of the same",
            affine(label("cores", Operator.GREATER, "8")),
            node(),
            Refusal.Rule.NODE_AFFINITY),
        row(
            "Lt of the same",
            affine(label("cores", Operator.LESS, "8")),
            node(),
            Refusal.Rule.NODE_AFFINITY),
        row("Lt", affine(label("cores", Operator.LESS, "9")), node(), null),
        row(
            "Gt of no number",
            affine(label("disk", Operator.GREATER, "1")),
            node(),
            Refusal.Rule.NODE_AFFINITY),
        row(
            "one of two terms",
            affine(label("disk", Operator.IN, "x"), label("cores", Operator.IN, "8")),
            node(),
            null),
        row(
            "an empty term holds nowhere",
            affine(new NodeSelectorTerm(List.of(), List.of())),
            node(),
            Refusal.Rule.NODE_AFFINITY),
        row("no term holds nowhere", affine(), node(), Refusal.Rule.NODE_AFFINITY),
        row("by name", affine(named("n1")), node(), null),
        row("by another name", affine(named("n2")), node(), Refusal.Rule.NODE_NAME));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("table")
  void refuses(
      String what, PodPlacementRules rules, NodeFacts node, Refusal.@Nullable Rule expected) {
    Refusal.@Nullable Rule actual =
        NodePredicate.refuseAny(pod("p").rules(rules).spec(), node).map(Refusal::rule).orElse(null);

    assertThat(actual).as(what).isEqualTo(expected);
  }
}
