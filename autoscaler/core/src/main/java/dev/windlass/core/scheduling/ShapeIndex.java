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
import java.util.Set;
import java.util.TreeMap;

/** Interns pods into shapes. All pods are shown before the first node. */
final class ShapeIndex {
  private record Key(PodSpec spec, String namespace, Map<String, String> labels) {}

  private final Map<Key, PodShape> shapes = new HashMap<>();
  private final Map<PodSpec, PodSpec> canonical = new HashMap<>();
  private final IdentityHashMap<PodSpec, PodSpec> seen = new IdentityHashMap<>();
  private final IdentityHashMap<PodSpec, PodShape> plain = new IdentityHashMap<>();
  private final List<PodRuleIndex.Subject> subjects = new ArrayList<>();
  private final StaticVerdicts verdicts = new StaticVerdicts();
  private final ResourceColumns columns;
  private final Set<String> selectorKeys;
  private final boolean selectors;

  /**
   * An empty index.
   *
   * @param columns the resources that count
   * @param selectors whether any pod speaks of other pods, so that labels tell shapes apart
   * @param selectorKeys the labels that selectors of such pods mention
   */
  ShapeIndex(ResourceColumns columns, boolean selectors, Set<String> selectorKeys) {
    this.columns = columns;
    this.selectors = selectors;
    this.selectorKeys = selectorKeys;
  }

  StaticVerdicts verdicts() {
    return verdicts;
  }

  List<PodRuleIndex.Subject> subjects() {
    return subjects;
  }

  PodShape of(Pod pod) {
    return of(pod.key(), pod.metadata().labels(), pod.spec());
  }

  PodShape of(ObjectKey key, Map<String, String> labels, PodSpec spec) {
    PodSpec known =
        seen.computeIfAbsent(spec, each -> canonical.computeIfAbsent(each, same -> same));
    if (!selectors) {
      return plain.computeIfAbsent(known, each -> intern(new Key(each, "", Map.of())));
    }
    return intern(new Key(known, key.namespace(), projected(labels)));
  }

  private PodShape intern(Key key) {
    return shapes.computeIfAbsent(key, this::shape);
  }

  private PodShape shape(Key key) {
    PodSpec spec = key.spec();
    Resources effective = EffectiveRequests.of(spec);
    long[] requests = columns.amounts(effective);
    int gpu = columns.column(Resources.NVIDIA_GPU);
    int share = spec.gpuMilli() == GpuDevices.WHOLE ? 0 : spec.gpuMilli();
    if (gpu >= 0 && spec.gpuMilli() > 0) {
      requests[gpu] = share > 0 ? 0 : Math.max(1, requests[gpu]);
    }
    List<HostPort> ports = new ArrayList<>();
    spec.containers().stream().map(Container::hostPorts).forEach(ports::addAll);
    spec.initContainers().stream()
        .filter(Container::restartable)
        .map(Container::hostPorts)
        .forEach(ports::addAll);
    PodShape shape =
        new PodShape(
            subjects.size(), spec, effective, requests, share, ports, verdicts.podKind(spec));
    subjects.add(new PodRuleIndex.Subject(shape, key.namespace(), key.labels()));
    return shape;
  }

  private Map<String, String> projected(Map<String, String> labels) {
    Map<String, String> kept = new TreeMap<>();
    for (String key : selectorKeys) {
      String value = labels.get(key);
      if (value != null) {
        kept.put(key, value);
      }
    }
    return kept;
  }
}
