package dev.windlass.core.scaleup;

import dev.windlass.core.model.Pod;
import dev.windlass.core.model.Preferences;
import dev.windlass.core.model.Taint;
import dev.windlass.core.model.Toleration;
import dev.windlass.core.scheduling.NodeFacts;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How much pods would like each of some nodes.
 *
 * <p>Source: kube-scheduler's scoring plugins TaintToleration, NodeAffinity, InterPodAffinity and
 * PodTopologySpread with their usual weights 3, 2, 2 and 2, each from 0 to 100 over the nodes.
 */
final class PreferenceScores {
  private static final double BEST = 100;
  private static final double TAINT_WEIGHT = 3;
  private static final double OTHER_WEIGHT = 2;

  private final PreferenceCounts counts;
  private final List<NodeFacts> nodes;

  PreferenceScores(PreferenceCounts counts, List<NodeFacts> nodes) {
    this.counts = counts;
    this.nodes = List.copyOf(nodes);
  }

  /** Pods that like the same. */
  private record Taste(String namespace, Preferences preferences, List<Toleration> tolerations) {}

  /** One sum for each node, over all pods. */
  double[] of(List<Pod> pods) {
    Map<Taste, Integer> tastes = new HashMap<>();
    for (Pod pod : pods) {
      Taste taste =
          new Taste(
              pod.key().namespace(),
              pod.placement().preferences(),
              pod.spec().rules().tolerations());
      tastes.merge(taste, 1, Integer::sum);
    }
    double[] sums = new double[nodes.size()];
    tastes.forEach((taste, many) -> {
      add(sums, many * TAINT_WEIGHT, leastIsBest(raw(node -> taints(taste, node))));
      add(sums, many * OTHER_WEIGHT, mostIsBest(raw(node -> labels(taste, node))));
      add(sums, many * OTHER_WEIGHT, between(raw(node -> neighbours(taste, node))));
      add(sums, many * OTHER_WEIGHT, leastIsBest(raw(node -> crowd(taste, node))));
    });
    return sums;
  }

  /** What a plugin says of one node. */
  @FunctionalInterface
  private interface Measure {
    double of(NodeFacts node);
  }

  private double[] raw(Measure measure) {
    return nodes.stream().mapToDouble(measure::of).toArray();
  }

  private static void add(double[] sums, double weight, double[] scores) {
    for (int node = 0; node < sums.length; node++) {
      sums[node] += weight * scores[node];
    }
  }

  private static double taints(Taste taste, NodeFacts node) {
    int advising = 0;
    for (Taint taint : node.taints()) {
      boolean tolerated = taste.tolerations().stream().anyMatch(each -> each.tolerates(taint));
      advising += taint.effect() == Taint.Effect.PREFER_NO_SCHEDULE && !tolerated ? 1 : 0;
    }
    return advising;
  }

  private static double labels(Taste taste, NodeFacts node) {
    double sum = 0;
    for (Preferences.WeightedNodes each : taste.preferences().nodes()) {
      boolean some = !each.term().labels().isEmpty() && each.term().fields().isEmpty();
      boolean all = each.term().labels().stream().allMatch(label -> label.matches(node.labels()));
      sum += some && all ? each.weight() : 0;
    }
    return sum;
  }

  private double neighbours(Taste taste, NodeFacts node) {
    double sum = 0;
    for (Preferences.WeightedPods each : taste.preferences().pods()) {
      sum += (double) each.weight() * counts.near(each.term(), node.labels());
    }
    return sum;
  }

  private double crowd(Taste taste, NodeFacts node) {
    return taste.preferences().spread().stream()
        .mapToDouble(each -> counts.spread(each, taste.namespace(), node.labels()))
        .sum();
  }

  private static double[] mostIsBest(double[] raw) {
    double most = Arrays.stream(raw).max().orElse(0);
    return Arrays.stream(raw).map(each -> most == 0 ? 0 : BEST * each / most).toArray();
  }

  private static double[] leastIsBest(double[] raw) {
    return Arrays.stream(mostIsBest(raw)).map(each -> BEST - each).toArray();
  }

  private static double[] between(double[] raw) {
    double least = Arrays.stream(raw).min().orElse(0);
    return mostIsBest(Arrays.stream(raw).map(each -> each - least).toArray());
  }
}
