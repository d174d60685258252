package dev.windlass.daemon.decode;

import dev.windlass.core.model.Resources;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.node.v1.RuntimeClass;
import io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClass;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the API server writes into a pod when it admits it, and what a pod template therefore lacks.
 *
 * @param priorities the value of each PriorityClass
 * @param defaultPriority the value of the class with {@code globalDefault}, else zero
 * @param overheads the fixed cost of each RuntimeClass
 */
public record AdmissionDefaults(
    Map<String, Integer> priorities, int defaultPriority, Map<String, Resources> overheads) {
  /** The two classes that every cluster has. */
  private static final Map<String, Integer> BUILT_IN =
      Map.of("system-cluster-critical", 2_000_000_000, "system-node-critical", 2_000_001_000);

  /** A cluster without classes of its own. */
  public static final AdmissionDefaults NONE = new AdmissionDefaults(Map.of(), 0, Map.of());

  public AdmissionDefaults {
    Map<String, Integer> all = new HashMap<>(BUILT_IN);
    all.putAll(priorities);
    priorities = Map.copyOf(all);
    overheads = Map.copyOf(overheads);
  }

  /** Read from the cluster's classes; one that is bad counts as absent. */
  public static AdmissionDefaults of(
      List<PriorityClass> priorityClasses, List<RuntimeClass> runtimeClasses) {
    Map<String, Integer> priorities = new HashMap<>();
    int defaultPriority = 0;
    for (PriorityClass each : priorityClasses) {
      int value = Fields.number(each.getValue(), 0);
      priorities.put(Fields.text(Fields.metadata(each).getName()), value);
      defaultPriority = Boolean.TRUE.equals(each.getGlobalDefault()) ? value : defaultPriority;
    }
    Map<String, Resources> overheads = new HashMap<>();
    for (RuntimeClass each : runtimeClasses) {
      Map<String, Quantity> fixed =
          each.getOverhead() == null ? null : each.getOverhead().getPodFixed();
      overheads.put(
          Fields.text(Fields.metadata(each).getName()),
          ResourcesDecoder.decode("overhead.podFixed", fixed, new Problems()));
    }
    return new AdmissionDefaults(priorities, defaultPriority, overheads);
  }

  /** The priority of a pod of this class that has no number yet. */
  int priority(@Nullable String className) {
    return className == null || className.isEmpty()
        ? defaultPriority
        : priorities.getOrDefault(className, defaultPriority);
  }

  /** The overhead of a pod of this runtime class that has none yet. */
  Resources overhead(@Nullable String className) {
    return className == null ? Resources.NONE : overheads.getOrDefault(className, Resources.NONE);
  }
}
