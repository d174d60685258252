package dev.windlass.core.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * One thing in which a real node is not as its group's template describes it. Pods are placed by
 * what was observed from then on; the template is worth a person's look, because it speaks again
 * for a group of which no node was seen.
 *
 * @param field {@code label NAME}, {@code taint NAME}, or the name of a resource
 * @param described what the template says
 * @param observed what the node has
 */
public record TemplateDrift(String field, String described, String observed) {
  private static final String NONE = "none";

  /** Reserved memory differs a little from machine to machine: amounts within 5 % are the same. */
  private static final double TOLERANCE = 0.05;

  private static final long MIB = 1L << 20;

  /** Labels that a template has for the planner's own use. */
  private static final Set<String> OWN_LABELS = Set.of(Keys.NODE_GROUP, Keys.CAPACITY_TYPE);

  private static final Set<String> MEASURED =
      Set.of(Resources.CPU, Resources.MEMORY, Resources.EPHEMERAL_STORAGE);

  /**
   * What differs, in the order labels, taints, amounts. Labels and amounts that were not described
   * are no difference, nor are devices that the node does not advertise yet.
   *
   * @param described the template as spec, cloud and catalogue have it
   * @param observed what a ready node of the same variant shows, without its passing taints
   */
  public static List<TemplateDrift> between(NodeTemplate described, NodeTemplate observed) {
    List<TemplateDrift> drifts = new ArrayList<>();
    new TreeMap<>(described.labels())
        .forEach((name, value) -> {
          String seen = observed.labels().getOrDefault(name, NONE);
          if (!seen.equals(value) && !OWN_LABELS.contains(name)) {
            drifts.add(new TemplateDrift("label " + name, value, seen));
          }
        });
    drifts.addAll(taints(described, observed));
    described
        .allocatable()
        .amounts()
        .forEach((name, amount) -> {
          long seen = observed.allocatable().get(name);
          if (differs(name, amount, seen)) {
            drifts.add(new TemplateDrift(name, amount(name, amount), amount(name, seen)));
          }
        });
    return List.copyOf(drifts);
  }

  private static List<TemplateDrift> taints(NodeTemplate described, NodeTemplate observed) {
    Map<String, String> wanted = byKey(described.taints());
    Map<String, String> seen = byKey(observed.taints());
    Map<String, String> all = new TreeMap<>(wanted);
    all.putAll(seen);
    return all.keySet().stream()
        .map(key ->
            new TemplateDrift(
                "taint " + key, wanted.getOrDefault(key, NONE), seen.getOrDefault(key, NONE)))
        .filter(each -> !each.described.equals(each.observed))
        .toList();
  }

  private static Map<String, String> byKey(List<Taint> taints) {
    Map<String, String> byKey = new TreeMap<>();
    taints.forEach(each -> byKey.put(each.key(), each.value() + ":" + each.effect()));
    return byKey;
  }

  private static boolean differs(String name, long described, long observed) {
    if (MEASURED.contains(name)) {
      return Math.abs(described - observed) > described * TOLERANCE;
    }
    boolean isDevice = name.contains("/");
    return described != observed && !(isDevice && observed == 0);
  }

  private static String amount(String name, long amount) {
    return switch (name) {
      case Resources.CPU -> amount + "m";
      case Resources.MEMORY, Resources.EPHEMERAL_STORAGE -> amount / MIB + " MiB";
      default -> Long.toString(amount);
    };
  }

  /** As a part of a sentence. */
  @Override
  public String toString() {
    return field + " is described as " + described + " and observed as " + observed;
  }
}
