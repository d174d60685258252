package dev.windlass.daemon.decode;

import dev.windlass.core.model.Preferences;
import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.PreferredSchedulingTerm;
import io.fabric8.kubernetes.api.model.WeightedPodAffinityTerm;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a pod would rather run: {@code preferredDuringSchedulingIgnoredDuringExecution} of each
 * kind of affinity, and {@code ScheduleAnyway}.
 */
final class PreferencesDecoder {
  private static final int MAX_WEIGHT = 100;

  private final PodSource source;
  private final Problems problems;
  private final PlacementRulesDecoder rules;

  PreferencesDecoder(PodSource source, Problems problems) {
    this.source = source;
    this.problems = problems;
    rules = new PlacementRulesDecoder(source, problems);
  }

  Preferences decode() {
    Affinity affinity = source.spec().getAffinity();
    List<Preferences.WeightedNodes> nodes = new ArrayList<>();
    List<Preferences.WeightedPods> pods = new ArrayList<>();
    if (affinity != null && affinity.getNodeAffinity() != null) {
      nodes =
          nodes(affinity.getNodeAffinity().getPreferredDuringSchedulingIgnoredDuringExecution());
    }
    if (affinity != null && affinity.getPodAffinity() != null) {
      pods.addAll(
          pods(
              "podAffinity",
              affinity.getPodAffinity().getPreferredDuringSchedulingIgnoredDuringExecution(),
              1));
    }
    if (affinity != null && affinity.getPodAntiAffinity() != null) {
      pods.addAll(
          pods(
              "podAntiAffinity",
              affinity.getPodAntiAffinity().getPreferredDuringSchedulingIgnoredDuringExecution(),
              -1));
    }
    Preferences preferences = new Preferences(nodes, pods, rules.topologySpread(false));
    return preferences.isEmpty() ? Preferences.NONE : preferences;
  }

  private List<Preferences.WeightedNodes> nodes(@Nullable List<PreferredSchedulingTerm> written) {
    List<Preferences.WeightedNodes> preferred = new ArrayList<>();
    int index = 0;
    for (PreferredSchedulingTerm each : Fields.list(written)) {
      String field = source.field() + ".affinity.nodeAffinity.preferred[" + index++ + "]";
      int weight = weight(field, each.getWeight());
      if (each.getPreference() != null) {
        preferred.add(
            new Preferences.WeightedNodes(
                weight, rules.nodeTerm(field + ".preference", each.getPreference())));
      }
    }
    return preferred;
  }

  private List<Preferences.WeightedPods> pods(
      String kind, @Nullable List<WeightedPodAffinityTerm> written, int sign) {
    List<Preferences.WeightedPods> preferred = new ArrayList<>();
    int index = 0;
    for (WeightedPodAffinityTerm each : Fields.list(written)) {
      String field = source.field() + ".affinity." + kind + ".preferred[" + index++ + "]";
      int weight = weight(field, each.getWeight());
      if (each.getPodAffinityTerm() != null) {
        preferred.add(
            new Preferences.WeightedPods(
                sign * weight, rules.term(field + ".podAffinityTerm", each.getPodAffinityTerm())));
      }
    }
    return preferred;
  }

  private int weight(String field, @Nullable Integer written) {
    int weight = Fields.number(written, 0);
    if (weight < 1 || weight > MAX_WEIGHT) {
      problems.add(field + ".weight", String.valueOf(written), "a whole number from 1 to 100");
    }
    return weight;
  }
}
