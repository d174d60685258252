package dev.windlass.simulations.oracle;

import static dev.windlass.simulations.oracle.Dice.object;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes label selectors and the pod rules made of them. */
final class RandomSelectors {
  private static final List<String> KEYS =
      List.of("topology.kubernetes.io/zone", "kubernetes.io/hostname", "rack");

  private final Dice dice;

  /**
   * Whether namespace selectors may be negative. kube-scheduler 1.36.1 leaves the selector of the
   * pending pod's own terms in place after it has looked the namespaces up, and then compares it
   * with no labels at all; so a negative one selects every namespace, against the API's words.
   */
  private final boolean negativeNamespaces;

  RandomSelectors(Dice dice, boolean negativeNamespaces) {
    this.dice = dice;
    this.negativeNamespaces = negativeNamespaces;
  }

  List<Object> affinityTerms(int most) {
    List<Object> terms = new ArrayList<>();
    for (int count = dice.between(1, most); count > 0; count--) {
      terms.add(affinityTerm());
    }
    return terms;
  }

  private Map<String, Object> affinityTerm() {
    Map<String, Object> term = object("topologyKey", dice.pick(KEYS.toArray(String[]::new)));
    if (!dice.percent(4)) {
      term.put("labelSelector", selector());
      if (dice.percent(15)) {
        term.put("matchLabelKeys", List.of("hash"));
      } else if (dice.percent(10)) {
        term.put("mismatchLabelKeys", List.of("hash"));
      }
    }
    if (dice.percent(20)) {
      term.put("namespaces", dice.some(dice.between(1, 2), SchedulerCases.NAMESPACES));
    }
    if (dice.percent(20)) {
      term.put("namespaceSelector", namespaceSelector());
    }
    return term;
  }

  private Map<String, Object> namespaceSelector() {
    return switch (dice.between(0, 3)) {
      case 0 -> new LinkedHashMap<>();
      case 1 -> object("matchLabels", object("team", dice.pick("a", "b")));
      case 2 ->
          object(
              "matchExpressions",
              List.of(
                  negativeNamespaces
                      ? expression("team", "a", "b")
                      : object("key", "team", "operator", "Exists")));
      default ->
          object("matchLabels", object("kubernetes.io/metadata.name", dice.pick("shop", "lab")));
    };
  }

  List<Object> spreads() {
    List<Object> spreads = new ArrayList<>();
    for (String key : dice.some(dice.between(1, 2), KEYS)) {
      int maxSkew = dice.pick(1, 1, 2, 3);
      boolean hard = dice.percent(90);
      Map<String, Object> spread =
          object(
              "maxSkew",
              maxSkew,
              "topologyKey",
              key,
              "whenUnsatisfiable",
              hard ? "DoNotSchedule" : "ScheduleAnyway");
      if (!dice.percent(5)) {
        spread.put("labelSelector", selector());
        if (dice.percent(20)) {
          spread.put("matchLabelKeys", List.of(dice.pick("hash", "absent")));
        }
      }
      if (dice.percent(35) && hard) {
        spread.put("minDomains", dice.between(1, 5));
      }
      if (dice.percent(40)) {
        spread.put("nodeAffinityPolicy", dice.pick("Honor", "Ignore"));
      }
      if (dice.percent(40)) {
        spread.put("nodeTaintsPolicy", dice.pick("Honor", "Ignore"));
      }
      spreads.add(spread);
    }
    return spreads;
  }

  private Map<String, Object> selector() {
    return switch (dice.between(0, 9)) {
      case 0 -> new LinkedHashMap<>();
      case 1 -> object("matchExpressions", List.of(expression("app", "web", "db")));
      case 2 -> object("matchExpressions", List.of(expression("tier", "front", "back")));
      case 3 ->
          object(
              "matchLabels",
              object("app", "web"),
              "matchExpressions",
              List.of(expression("tier", "front", "back")));
      default -> object("matchLabels", object("app", dice.pick("web", "db", "cache")));
    };
  }

  private Map<String, Object> expression(String key, String... values) {
    return switch (dice.between(0, 3)) {
      case 0 -> object("key", key, "operator", "Exists");
      case 1 -> object("key", key, "operator", "DoesNotExist");
      case 2 -> object("key", key, "operator", "NotIn", "values", List.of(dice.pick(values)));
      default -> object("key", key, "operator", "In", "values", List.of(values));
    };
  }
}
