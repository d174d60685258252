package dev.windlass.provider.azure;

import dev.windlass.core.model.Taint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What tags say of a set's nodes, by the convention of Cluster Autoscaler: {@code
 * k8s.io_cluster-autoscaler_node-template_label_KEY} and {@code …_taint_KEY}, where {@code _}
 * stands for a slash and {@code ~2} for an underscore.
 */
final class TemplateTags {
  private static final String PREFIX = "k8s.io_cluster-autoscaler_node-template_";
  private static final String LABEL = PREFIX + "label_";
  private static final String TAINT = PREFIX + "taint_";
  private static final String RESOURCE = PREFIX + "resources_";

  private TemplateTags() {}

  static Map<String, String> labels(Map<String, String> tags) {
    return under(LABEL, tags);
  }

  static List<Taint> taints(Map<String, String> tags) {
    List<Taint> taints = new ArrayList<>();
    under(TAINT, tags)
        .forEach((key, value) -> {
          int colon = value.lastIndexOf(':');
          if (colon >= 0) {
            effect(value.substring(colon + 1))
                .ifPresent(effect -> taints.add(new Taint(key, value.substring(0, colon), effect)));
          }
        });
    return taints;
  }

  /** Extended resources in whole units; amounts with a suffix are left to the catalogue. */
  static Map<String, Long> resources(Map<String, String> tags) {
    Map<String, Long> resources = new HashMap<>();
    under(RESOURCE, tags)
        .forEach((name, amount) -> {
          if (amount.matches("\\d{1,15}") && name.contains("/")) {
            resources.put(name, Long.parseLong(amount));
          }
        });
    return resources;
  }

  /** A taint as AKS writes it: {@code KEY=VALUE:EFFECT} or {@code KEY:EFFECT}. */
  static Optional<Taint> taint(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 0) {
      return Optional.empty();
    }
    String[] pair = text.substring(0, colon).split("=", 2);
    return effect(text.substring(colon + 1))
        .map(effect -> new Taint(pair[0], pair.length == 2 ? pair[1] : "", effect));
  }

  private static Optional<Taint.Effect> effect(String name) {
    return switch (name) {
      case "NoSchedule" -> Optional.of(Taint.Effect.NO_SCHEDULE);
      case "PreferNoSchedule" -> Optional.of(Taint.Effect.PREFER_NO_SCHEDULE);
      case "NoExecute" -> Optional.of(Taint.Effect.NO_EXECUTE);
      default -> Optional.empty();
    };
  }

  private static Map<String, String> under(String prefix, Map<String, String> tags) {
    Map<String, String> found = new HashMap<>();
    tags.forEach((name, value) -> {
      if (name.startsWith(prefix)) {
        found.put(name.substring(prefix.length()).replace('_', '/').replace("~2", "_"), value);
      }
    });
    return found;
  }
}
