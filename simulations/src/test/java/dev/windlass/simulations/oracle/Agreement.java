package dev.windlass.simulations.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** How far Windlass agrees with kube-scheduler on cases of one subject, rule by rule. */
final class Agreement {
  /** The rule's name where kube-scheduler refused nothing. */
  static final String ACCEPTED = "accepted";

  /**
   * The rule's name where kube-scheduler's verdict is another once the nominated pods run. For
   * Windlass, which plans ahead, they run: against pods of any priority, and for affinity, too.
   */
  static final String NOMINATED_EARLY = "nominated pods, counted as running";

  private final Map<String, Tally> tallies = new TreeMap<>();
  private final Map<String, List<String>> disagreements = new TreeMap<>();
  private final List<String> contradictions = new ArrayList<>();
  private int cases;

  /** Pairs of pod and node that kube-scheduler decided in one way. */
  private static final class Tally {
    private int pairs;
    private int agreed;
  }

  /** Notes what Windlass says of a case beside what kube-scheduler said. */
  void compare(RecordedCase recorded, Map<String, Verdict> ours) {
    cases++;
    recorded
        .verdicts()
        .forEach((node, plugin) -> {
          String pair = "seed " + recorded.seed() + ", " + node;
          String settled = recorded.bound().getOrDefault(node, plugin);
          String rule = plugin.isEmpty() ? ACCEPTED : plugin;
          note(
              pair,
              plugin.isEmpty() == settled.isEmpty() ? rule : NOMINATED_EARLY,
              settled.isEmpty(),
              Objects.requireNonNull(ours.get(node)));
        });
  }

  private void note(String pair, String rule, boolean accepts, Verdict verdict) {
    Tally tally = tallies.computeIfAbsent(rule, _ -> new Tally());
    tally.pairs++;
    if (verdict.accepts() == accepts) {
      tally.agreed++;
    } else {
      disagreements
          .computeIfAbsent(rule, _ -> new ArrayList<>())
          .add(pair + ": " + rule + "; here " + verdict);
    }
    if (verdict.accepts() != verdict.refusal().isEmpty()) {
      contradictions.add(pair + ": " + verdict);
    }
  }

  int cases() {
    return cases;
  }

  /** The rules that kube-scheduler applied, and how often each. */
  Map<String, Integer> pairs() {
    Map<String, Integer> pairs = new TreeMap<>();
    tallies.forEach((rule, tally) -> pairs.put(rule, tally.pairs));
    return pairs;
  }

  /** Pairs on which both differ, but for those that one of these rules decided. */
  List<String> disagreementsBut(Set<String> rules) {
    List<String> found = new ArrayList<>();
    disagreements.forEach((rule, named) -> {
      if (!rules.contains(rule)) {
        found.addAll(named);
      }
    });
    return found;
  }

  /** The rules that both don't agree on everywhere. */
  Set<String> disputed() {
    return new TreeSet<>(disagreements.keySet());
  }

  /** Pairs for which Windlass names a rule and has room, or neither. */
  List<String> contradictions() {
    return List.copyOf(contradictions);
  }

  /** One line for each rule. */
  String report(String title, Set<String> missing) {
    StringBuilder lines = new StringBuilder();
    tallies.forEach((rule, tally) ->
        lines.append(
            "%s, %s: agrees with kube-scheduler on %d of %d pairs of pod and node%s%n"
                .formatted(
                    title,
                    rule,
                    tally.agreed,
                    tally.pairs,
                    missing.contains(rule) ? " (this rule is not there yet)" : "")));
    return lines.toString();
  }
}
