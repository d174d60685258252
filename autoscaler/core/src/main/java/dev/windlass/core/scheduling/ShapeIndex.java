package dev.windlass.core.scheduling;

import dev.windlass.core.model.Container;
import dev.windlass.core.model.DaemonSet;
import dev.windlass.core.model.HostPort;
import dev.windlass.core.model.Identity;
import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.model.Pod;
import dev.windlass.core.model.PodSpec;
import dev.windlass.core.model.Resources;
import dev.windlass.core.volumes.VolumeLedger;
import dev.windlass.core.volumes.VolumeNeeds;
import dev.windlass.core.volumes.VolumeOwner;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Interns pods into shapes. All pods are shown before the first node. */
final class ShapeIndex {
  private record Key(
      PodSpec spec, String namespace, Map<String, String> labels, VolumeNeeds volumes) {}

  /** The shape of a pod with volumes, as long as it is the same pod. */
  private record Known(Pod pod, PodShape shape) {
    boolean means(Pod other) {
      return pod.metadata().identity().uid().equals(other.metadata().identity().uid())
          && pod.metadata().labels().equals(other.metadata().labels())
          && pod.spec().equals(other.spec());
    }
  }

  private final Map<Key, PodShape> shapes = new HashMap<>();
  private final Map<ObjectKey, Known> withVolumes = new HashMap<>();
  private final Map<PodSpec, PodSpec> canonical = new HashMap<>();
  private final IdentityHashMap<PodSpec, PodSpec> seen = new IdentityHashMap<>();
  private final IdentityHashMap<PodSpec, PodShape> plain = new IdentityHashMap<>();
  private final List<PodRuleIndex.Subject> subjects = new ArrayList<>();
  private final StaticVerdicts verdicts = new StaticVerdicts();
  private final ResourceColumns columns;
  private final Set<String> selectorKeys;
  private final boolean selectors;
  private final VolumeLedger volumes;

  /**
   * An empty index.
   *
   * @param columns the resources that count
   * @param selectors whether any pod speaks of other pods, so that labels tell shapes apart
   * @param selectorKeys the labels that selectors of such pods mention
   * @param volumes says what the volumes of pods ask for
   */
  ShapeIndex(
      ResourceColumns columns, boolean selectors, Set<String> selectorKeys, VolumeLedger volumes) {
    this.volumes = volumes;
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
    if (pod.spec().attachments().volumes().isEmpty()) {
      return plain(pod.key(), pod.metadata().labels(), pod.spec());
    }
    Known known = withVolumes.get(pod.key());
    if (known == null || !known.means(pod)) {
      PodShape shape = withVolumes(VolumeOwner.of(pod), pod.metadata().labels(), pod.spec());
      known = new Known(pod, shape);
      withVolumes.put(pod.key(), known);
    }
    return known.shape();
  }

  PodShape of(DaemonSet daemon) {
    return daemon.spec().attachments().volumes().isEmpty()
        ? plain(daemon.key(), daemon.labels(), daemon.spec())
        : withVolumes(new VolumeOwner(daemon.key(), Identity.NONE), daemon.labels(), daemon.spec());
  }

  private PodShape plain(ObjectKey key, Map<String, String> labels, PodSpec spec) {
    PodSpec known =
        seen.computeIfAbsent(spec, each -> canonical.computeIfAbsent(each, same -> same));
    if (!selectors) {
      return plain.computeIfAbsent(
          known, each -> intern(new Key(each, "", Map.of(), VolumeNeeds.NONE)));
    }
    return intern(new Key(known, key.namespace(), projected(labels), VolumeNeeds.NONE));
  }

  /** What its volumes ask for stands for the volumes themselves. */
  private PodShape withVolumes(VolumeOwner owner, Map<String, String> labels, PodSpec spec) {
    PodSpec known = canonical.computeIfAbsent(spec.withoutVolumes(), same -> same);
    VolumeNeeds needs = volumes.needs(owner, spec.attachments().volumes());
    return selectors
        ? intern(new Key(known, owner.key().namespace(), projected(labels), needs))
        : intern(new Key(known, "", Map.of(), needs));
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
            subjects.size(),
            spec,
            effective,
            requests,
            share,
            ports,
            verdicts.podKind(spec),
            key.volumes());
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
