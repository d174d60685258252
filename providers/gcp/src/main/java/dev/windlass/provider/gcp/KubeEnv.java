package dev.windlass.provider.gcp;

import dev.windlass.core.model.Taint;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What GKE starts a node's kubelet with: lines {@code KEY: value}, of which {@code
 * AUTOSCALER_ENV_VARS} holds {@code name=value} parts between semicolons, made for autoscalers.
 */
final class KubeEnv {
  private static final Pattern MAX_PODS = Pattern.compile("--max-pods=(\\d+)");

  private final Map<String, String> lines = new LinkedHashMap<>();
  private final Map<String, String> forAutoscalers = new LinkedHashMap<>();

  KubeEnv(String text) {
    for (String line : text.split("\n")) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        lines.put(line.substring(0, colon).strip(), unquoted(line.substring(colon + 1).strip()));
      }
    }
    for (String part : lines.getOrDefault("AUTOSCALER_ENV_VARS", "").split(";")) {
      int equals = part.indexOf('=');
      if (equals > 0) {
        forAutoscalers.put(
            part.substring(0, equals).strip(), unquoted(part.substring(equals + 1).strip()));
      }
    }
  }

  /** The node's labels. */
  Map<String, String> labels() {
    return pairs(forAutoscalers.getOrDefault("node_labels", lines.getOrDefault("NODE_LABELS", "")));
  }

  /** The node's taints; one that cannot be read is left out. */
  List<Taint> taints() {
    String text = forAutoscalers.getOrDefault("node_taints", lines.getOrDefault("NODE_TAINTS", ""));
    List<Taint> taints = new ArrayList<>();
    pairs(text)
        .forEach((key, valueAndEffect) -> {
          int colon = valueAndEffect.lastIndexOf(':');
          effect(valueAndEffect.substring(colon + 1))
              .ifPresent(it ->
                  taints.add(new Taint(key, valueAndEffect.substring(0, Math.max(0, colon)), it)));
        });
    return taints;
  }

  /** What kubelet keeps for the system, by resource; empty if it is not told. */
  Map<String, String> kubeReserved() {
    return pairs(forAutoscalers.getOrDefault("kube_reserved", ""));
  }

  /** The memory at which kubelet evicts pods. */
  Optional<String> evictionMemory() {
    for (String part : forAutoscalers.getOrDefault("evictionHard", "").split(",")) {
      if (part.startsWith("memory.available<")) {
        return Optional.of(part.substring("memory.available<".length()));
      }
    }
    return Optional.empty();
  }

  /** Resources beside the usual ones. */
  Map<String, String> extendedResources() {
    return pairs(forAutoscalers.getOrDefault("extended_resources", ""));
  }

  String os() {
    return forAutoscalers.getOrDefault("os", "linux");
  }

  String distribution() {
    return forAutoscalers.getOrDefault("os_distribution", "cos");
  }

  Optional<String> arch() {
    return Optional.ofNullable(forAutoscalers.get("arch"));
  }

  /** Local disks that hold pods' ephemeral storage. */
  int localSsds() {
    String text = forAutoscalers.getOrDefault("ephemeral_storage_local_ssd_count", "0");
    return text.matches("\\d{1,3}") ? Integer.parseInt(text) : 0;
  }

  Optional<Integer> maxPods() {
    Matcher found = MAX_PODS.matcher(lines.getOrDefault("KUBELET_ARGS", ""));
    return found.find() ? Optional.of(Integer.parseInt(found.group(1))) : Optional.empty();
  }

  private static Map<String, String> pairs(String text) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (String pair : text.split(",")) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        pairs.put(pair.substring(0, equals).strip(), pair.substring(equals + 1).strip());
      }
    }
    return pairs;
  }

  private static Optional<Taint.Effect> effect(String name) {
    return switch (name) {
      case "NoSchedule" -> Optional.of(Taint.Effect.NO_SCHEDULE);
      case "PreferNoSchedule" -> Optional.of(Taint.Effect.PREFER_NO_SCHEDULE);
      case "NoExecute" -> Optional.of(Taint.Effect.NO_EXECUTE);
      case String _ -> Optional.empty();
    };
  }

  private static String unquoted(String text) {
    boolean quoted =
        text.length() > 1
            && text.charAt(0) == text.charAt(text.length() - 1)
            && (text.startsWith("\"") || text.startsWith("'"));
    return quoted ? text.substring(1, text.length() - 1) : text;
  }
}
