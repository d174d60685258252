package dev.windlass.provider.aws;

import dev.windlass.core.model.Taint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a group's tags say of nodes that are not there yet, in Cluster Autoscaler's convention:
 * {@code k8s.io/cluster-autoscaler/node-template/…}.
 *
 * @param labels by {@code label/KEY}
 * @param taints by {@code taint/KEY}, the value being {@code VALUE:EFFECT}
 * @param resources by {@code resources/NAME}
 * @param malformed the first tag that cannot be read, with the reason; empty if all can
 */
record TemplateTags(
    Map<String, String> labels, List<Taint> taints, Map<String, Long> resources, String malformed) {
  private static final String PREFIX = "k8s.io/cluster-autoscaler/node-template/";
  private static final String LABEL = PREFIX + "label/";
  private static final String TAINT = PREFIX + "taint/";
  private static final String RESOURCE = PREFIX + "resources/";

  static TemplateTags of(Map<String, String> tags) {
    Map<String, String> labels = new TreeMap<>();
    List<Taint> taints = new ArrayList<>();
    Map<String, Long> resources = new TreeMap<>();
    String malformed = "";
    for (Map.Entry<String, String> tag : tags.entrySet()) {
      String key = tag.getKey();
      try {
        if (key.startsWith(LABEL)) {
          labels.put(key.substring(LABEL.length()), tag.getValue());
        } else if (key.startsWith(TAINT)) {
          taints.add(taint(key.substring(TAINT.length()), tag.getValue()));
        } else if (key.startsWith(RESOURCE)) {
          String name = key.substring(RESOURCE.length());
          resources.put(name, Amounts.of(name, tag.getValue()));
        }
      } catch (IllegalArgumentException wrong) {
        malformed = "the tag " + key + " cannot be read: " + wrong.getMessage();
      }
    }
    return new TemplateTags(labels, taints, resources, malformed);
  }

  private static Taint taint(String key, String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException("no effect in " + text);
    }
    return new Taint(key, text.substring(0, colon), effect(text.substring(colon + 1)));
  }

  /** An effect as Kubernetes or EKS names it. */
  static Taint.Effect effect(@Nullable String name) {
    return switch (name) {
      case "NoSchedule", "NO_SCHEDULE" -> Taint.Effect.NO_SCHEDULE;
      case "PreferNoSchedule", "PREFER_NO_SCHEDULE" -> Taint.Effect.PREFER_NO_SCHEDULE;
      case "NoExecute", "NO_EXECUTE" -> Taint.Effect.NO_EXECUTE;
      case null, default -> throw new IllegalArgumentException("no effect of taints: " + name);
    };
  }
}
