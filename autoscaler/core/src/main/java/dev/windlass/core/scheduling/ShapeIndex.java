package dev.windlass.core.scheduling;

import dev.windlass.core.model.Container;
import dev.windlass.core.model.HostPort;
import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.model.Pod;
import dev.windlass.core.model.PodSpec;
import dev.windlass.core.model.Resources;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Interns pods into shapes. All pods are shown before the first node. */
final class ShapeIndex {
  private final Map<PodSpec, Kind> kinds = new HashMap<>();
  private final IdentityHashMap<PodSpec, Kind> seen = new IdentityHashMap<>();
  private final List<PodRuleIndex.Subject> subjects = new ArrayList<>();
  private final StaticVerdicts verdicts = new StaticVerdicts();
  private final Set<String> resources = new TreeSet<>();
  private final Set<String> selectorKeys = new TreeSet<>();
  private ResourceColumns columns = new ResourceColumns(new TreeSet<>());
  private boolean selectors;

  /** Pods with equal specs; labels that some selector mentions may still tell them apart. */
  static final class Kind {
    private final PodSpec spec;
    private final Resources effective;
    private @Nullable Labels labels;
    private @Nullable PodShape shape;
    private final Map<Labels, PodShape> others = new HashMap<>(0);

    private Kind(PodSpec spec) {
      this.spec = spec;
      effective = EffectiveRequests.of(spec);
    }
  }

  /** What selectors may see of a pod: the values of the labels they mention, empty where absent. */
  private record Labels(String namespace, List<Optional<String>> values) {
    static final Labels NONE = new Labels("", List.of());
  }

  StaticVerdicts verdicts() {
    return verdicts;
  }

  List<PodRuleIndex.Subject> subjects() {
    return subjects;
  }

  /** Whether any pod speaks of other pods, so that labels tell shapes apart. */
  boolean hasSelectors() {
    return selectors;
  }

  /** The kind of a spec; every kind is shown before the first shape is asked for. */
  Kind kind(PodSpec spec) {
    Kind known = seen.get(spec);
    if (known == null) {
      known = kinds.computeIfAbsent(spec, this::describe);
      seen.put(spec, known);
    }
    return known;
  }

  private Kind describe(PodSpec spec) {
    Kind kind = new Kind(spec);
    resources.addAll(kind.effective.amounts().keySet());
    if (spec.gpuMilli() > 0) {
      resources.add(Resources.NVIDIA_GPU);
    }
    if (spec.rules().speaksOfPods()) {
      selectors = true;
      selectorKeys.addAll(PodRuleIndex.keysMentioned(spec.rules()));
    }
    return kind;
  }

  /** Ends the description of kinds: fixes the resources that count. */
  ResourceColumns columns() {
    columns = new ResourceColumns(new TreeSet<>(resources));
    return columns;
  }

  PodShape of(Pod pod) {
    return of(kind(pod.spec()), pod.key(), pod.metadata().labels());
  }

  PodShape of(Kind kind, ObjectKey key, Map<String, String> labels) {
    PodShape known = kind.shape;
    if (known != null && kind.labels != null && isAlike(kind.labels, key, labels)) {
      return known;
    }
    Labels projected = selectors ? projected(key, labels) : Labels.NONE;
    PodShape shape = kind.others.computeIfAbsent(projected, each -> shape(kind, each));
    kind.labels = projected;
    kind.shape = shape;
    return shape;
  }

  private boolean isAlike(Labels one, ObjectKey key, Map<String, String> labels) {
    if (!selectors) {
      return true;
    }
    if (!one.namespace.equals(key.namespace())) {
      return false;
    }
    int index = 0;
    for (String mentioned : selectorKeys) {
      if (!Objects.equals(one.values.get(index).orElse(null), labels.get(mentioned))) {
        return false;
      }
      index++;
    }
    return true;
  }

  private Labels projected(ObjectKey key, Map<String, String> labels) {
    List<Optional<String>> values = new ArrayList<>(selectorKeys.size());
    for (String mentioned : selectorKeys) {
      values.add(Optional.ofNullable(labels.get(mentioned)));
    }
    return new Labels(key.namespace(), values);
  }

  private Map<String, String> map(Labels labels) {
    Map<String, String> map = new TreeMap<>();
    int index = 0;
    for (String mentioned : labels.values.isEmpty() ? Set.<String>of() : selectorKeys) {
      labels.values.get(index).ifPresent(value -> map.put(mentioned, value));
      index++;
    }
    return map;
  }

  private PodShape shape(Kind kind, Labels labels) {
    PodSpec spec = kind.spec;
    long[] requests = columns.amounts(kind.effective);
    int gpu = columns.column(Resources.NVIDIA_GPU);
    int share = spec.gpuMilli() == GpuDevices.WHOLE ? 0 : spec.gpuMilli();
    if (gpu >= 0 && spec.gpuMilli() > 0) {
      requests[gpu] = share > 0 ? 0 : Math.max(1, requests[gpu]);
    }
    PodShape shape =
        new PodShape(
            subjects.size(),
            spec,
            kind.effective,
            requests,
            share,
            ports(spec),
            verdicts.podKind(spec));
    subjects.add(new PodRuleIndex.Subject(shape, labels.namespace, map(labels)));
    return shape;
  }

  private static List<HostPort> ports(PodSpec spec) {
    List<HostPort> ports = new ArrayList<>();
    for (Container container : spec.containers()) {
      ports.addAll(container.hostPorts());
    }
    for (Container container : spec.initContainers()) {
      if (container.restartable()) {
        ports.addAll(container.hostPorts());
      }
    }
    return ports;
  }
}
