package dev.windlass.daemon.kubernetes;

import dev.windlass.core.action.Action;
import dev.windlass.core.model.Keys;
import dev.windlass.core.model.RemovalTaint;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.Taint;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON merge patches of nodes. Each names the uid and the version of the node that it was made of,
 * so that the API server refuses it when the node has changed since: lists are replaced whole.
 */
final class NodePatches {
  /** Tells our label from one that a person has set, which stays when the removal is taken back. */
  private static final String OURS = "windlass";

  private static final JsonMapper JSON = JsonMapper.shared();

  private NodePatches() {}

  /** Taint and load balancer label in one, or null when both are there. */
  static @Nullable String beginRemoval(Node node, Instant since) {
    boolean labelled = labels(node).containsKey(Keys.EXCLUDE_FROM_LOAD_BALANCERS);
    if (hasTaint(node, Keys.DISRUPTED) && labelled) {
      return null;
    }
    List<Map<String, Object>> taints = without(node, Keys.DISRUPTED);
    String began = RemovalTaint.of(since).value();
    taints.add(Map.of("key", Keys.DISRUPTED, "value", began, "effect", "NoSchedule"));
    Map<String, Object> metadata = precondition(node);
    if (!labelled) {
      metadata.put("labels", Map.of(Keys.EXCLUDE_FROM_LOAD_BALANCERS, OURS));
    }
    return patch(metadata, Map.of("taints", taints));
  }

  /** Takes both away again, or null when neither is there. */
  static @Nullable String cancelRemoval(Node node) {
    boolean ours = OURS.equals(labels(node).get(Keys.EXCLUDE_FROM_LOAD_BALANCERS));
    if (!hasTaint(node, Keys.DISRUPTED) && !ours) {
      return null;
    }
    Map<String, Object> metadata = precondition(node);
    if (ours) {
      metadata.put("labels", removed(Keys.EXCLUDE_FROM_LOAD_BALANCERS));
    }
    if (annotations(node).containsKey(Keys.DRAINED_SINCE)) {
      metadata.put("annotations", removed(Keys.DRAINED_SINCE));
    }
    return patch(metadata, Map.of("taints", without(node, Keys.DISRUPTED)));
  }

  /** Without the startup taint and with these labels, or null when the taint is not there. */
  static @Nullable String open(Node node, SortedMap<String, String> labels) {
    if (!hasTaint(node, Keys.GPU_NOT_READY)) {
      return null;
    }
    Map<String, Object> metadata = precondition(node);
    if (!labels.isEmpty()) {
      metadata.put("labels", labels);
    }
    return patch(metadata, Map.of("taints", without(node, Keys.GPU_NOT_READY)));
  }

  /** With or without a taint of a GPU node and with its notes; null when all is so already. */
  static @Nullable String gpuTaint(Node node, Action.ChangeGpuTaint change) {
    Map<String, @Nullable Object> notes =
        changes(node.getMetadata().getAnnotations(), change.annotations());
    if (hasTaint(node, change.taint()) == change.present() && notes.isEmpty()) {
      return null;
    }
    List<Map<String, Object>> taints = without(node, change.taint());
    if (change.present()) {
      taints.add(Map.of("key", change.taint(), "effect", "NoSchedule"));
    }
    Map<String, Object> metadata = precondition(node);
    metadata.put("annotations", notes);
    return patch(metadata, Map.of("taints", taints));
  }

  /** The condition that tells how a GPU node's devices are; its time changes with its status. */
  static String condition(Node node, Action.ReportGpuHealth report, Instant now) {
    String status = report.healthy() ? "True" : "False";
    String at = now.truncatedTo(ChronoUnit.SECONDS).toString();
    String since = at;
    List<NodeCondition> present =
        node.getStatus() == null ? List.of() : node.getStatus().getConditions();
    for (NodeCondition each : present) {
      if (Keys.GPU_HEALTHY.equals(each.getType()) && status.equals(each.getStatus())) {
        since = each.getLastTransitionTime();
      }
    }
    Map<String, Object> condition = new LinkedHashMap<>();
    condition.put("type", Keys.GPU_HEALTHY);
    condition.put("status", status);
    condition.put("reason", report.reason());
    condition.put("message", report.message());
    condition.put("lastTransitionTime", since);
    condition.put("lastHeartbeatTime", at);
    return JSON.writeValueAsString(
        Map.of(
            "metadata",
            Map.of("uid", node.getMetadata().getUid()),
            "status",
            Map.of("conditions", List.of(condition))));
  }

  /** With these annotations, an empty value removes one; null when they are so already. */
  static @Nullable String annotate(Node node, SortedMap<String, String> annotations) {
    return metadata(node, "annotations", node.getMetadata().getAnnotations(), annotations);
  }

  /** With these labels, an empty value removes one; null when they are so already. */
  static @Nullable String label(Node node, SortedMap<String, String> labels) {
    return metadata(node, "labels", labels(node), labels);
  }

  private static @Nullable String metadata(
      Node node,
      String field,
      @Nullable Map<String, String> present,
      SortedMap<String, String> wanted) {
    Map<String, @Nullable Object> changes = changes(present, wanted);
    if (changes.isEmpty()) {
      return null;
    }
    Map<String, Object> metadata = precondition(node);
    metadata.put(field, changes);
    return JSON.writeValueAsString(Map.of("metadata", metadata));
  }

  private static Map<String, @Nullable Object> changes(
      @Nullable Map<String, String> present, SortedMap<String, String> wanted) {
    Map<String, String> known = present == null ? Map.of() : present;
    Map<String, @Nullable Object> changes = new LinkedHashMap<>();
    wanted.forEach((key, value) -> {
      if (!value.equals(known.getOrDefault(key, ""))) {
        changes.put(key, value.isEmpty() ? null : value);
      }
    });
    return changes;
  }

  private static Map<String, Object> precondition(Node node) {
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("uid", node.getMetadata().getUid());
    metadata.put("resourceVersion", node.getMetadata().getResourceVersion());
    return metadata;
  }

  private static String patch(Map<String, Object> metadata, Map<String, Object> spec) {
    return JSON.writeValueAsString(Map.of("metadata", metadata, "spec", spec));
  }

  private static Map<String, @Nullable Object> removed(String key) {
    Map<String, @Nullable Object> map = new HashMap<>();
    map.put(key, null);
    return map;
  }

  private static Map<String, String> labels(Node node) {
    Map<String, String> labels = node.getMetadata().getLabels();
    return labels == null ? Map.of() : labels;
  }

  private static Map<String, String> annotations(Node node) {
    Map<String, String> annotations = node.getMetadata().getAnnotations();
    return annotations == null ? Map.of() : annotations;
  }

  private static List<Taint> taints(Node node) {
    List<Taint> taints = node.getSpec() == null ? null : node.getSpec().getTaints();
    return taints == null ? List.of() : taints;
  }

  private static boolean hasTaint(Node node, String key) {
    return taints(node).stream().anyMatch(taint -> key.equals(taint.getKey()));
  }

  private static List<Map<String, Object>> without(Node node, String key) {
    List<Map<String, Object>> others = new ArrayList<>();
    for (Taint taint : taints(node)) {
      if (!key.equals(taint.getKey())) {
        others.add(written(taint));
      }
    }
    return others;
  }

  private static Map<String, Object> written(Taint taint) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("key", taint.getKey());
    map.put("effect", taint.getEffect());
    if (taint.getValue() != null) {
      map.put("value", taint.getValue());
    }
    if (taint.getTimeAdded() != null) {
      map.put("timeAdded", taint.getTimeAdded());
    }
    return map;
  }
}
