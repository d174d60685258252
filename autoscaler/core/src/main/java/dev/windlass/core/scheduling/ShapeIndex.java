package dev.windlass.core.scheduling;

import dev.windlass.core.model.Container;
import dev.windlass.core.model.DaemonSet;
import dev.windlass.core.model.HostPort;
import dev.windlass.core.model.Identity;
import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.model.Pod;
import dev.windlass.core.model.PodSpec;
import dev.windlass.core.model.Resources;
import dev.windlass.core.model.Storage;
import dev.windlass.core.volumes.VolumeLedger;
import dev.windlass.core.volumes.VolumeNeeds;
import dev.windlass.core.volumes.VolumeOwner;
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
  private final Map<ObjectKey, Known> withVolumes = new HashMap<>();
  private ResourceColumns columns = new ResourceColumns(new TreeSet<>());
  private VolumeLedger volumes = new VolumeLedger(Storage.NONE, List.of());
  private boolean selectors;

  /** The shape of a pod with volumes, as long as it is the same pod. */
  private record Known(Pod pod, PodShape shape) {
    boolean means(Pod other) {
      return pod.metadata().identity().uid().equals(other.metadata().identity().uid())
          && pod.metadata().labels().equals(other.metadata().labels())
          && pod.spec().equals(other.spec());
    }
  }

  /**
   * Pods with equal specs but for their volumes; labels that some selector mentions and what the
   * volumes ask for may still tell them apart.
   */
  static final class Kind {
    private final PodSpec spec;
    private final Resources effective;
    private @Nullable Labels labels;
    private @Nullable PodShape shape;
    private final Map<Variant, PodShape> others = new HashMap<>(0);

    private Kind(PodSpec spec) {
      this.spec = spec;
      effective = EffectiveRequests.of(spec);
    }
  }

  /** What tells pods of a kind apart. */
  private record Variant(Labels labels, VolumeNeeds volumes) {}

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
      known = kinds.computeIfAbsent(spec.withoutVolumes(), this::describe);
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

  /**
   * Ends the description of kinds: fixes the resources that count.
   *
   * @param ledger says what the volumes of pods ask for
   */
  ResourceColumns columns(VolumeLedger ledger) {
    volumes = ledger;
    columns = new ResourceColumns(new TreeSet<>(resources));
    return columns;
  }

  PodShape of(Pod pod) {
    return of(kind(pod.spec()), pod);
  }

  PodShape of(Kind kind, Pod pod) {
    if (pod.spec().attachments().volumes().isEmpty()) {
      return plain(kind, pod.key(), pod.metadata().labels());
    }
    Known known = withVolumes.get(pod.key());
    if (known == null || !known.means(pod)) {
      PodShape shape = withVolumes(kind, VolumeOwner.of(pod), pod.metadata().labels(), pod.spec());
      known = new Known(pod, shape);
      withVolumes.put(pod.key(), known);
    }
    return known.shape();
  }

  PodShape of(DaemonSet daemon) {
    Kind kind = kind(daemon.spec());
    return daemon.spec().attachments().volumes().isEmpty()
        ? plain(kind, daemon.key(), daemon.labels())
        : withVolumes(
            kind, new VolumeOwner(daemon.key(), Identity.NONE), daemon.labels(), daemon.spec());
  }

  /** What its volumes ask for stands for the volumes themselves. */
  private PodShape withVolumes(
      Kind kind, VolumeOwner owner, Map<String, String> labels, PodSpec spec) {
    Labels seenBySelectors = selectors ? projected(owner.key(), labels) : Labels.NONE;
    VolumeNeeds needs = volumes.needs(owner, spec.attachments().volumes());
    return variant(kind, new Variant(seenBySelectors, needs));
  }

  private PodShape plain(Kind kind, ObjectKey key, Map<String, String> labels) {
    PodShape known = kind.shape;
    if (known != null && kind.labels != null && isAlike(kind.labels, key, labels)) {
      return known;
    }
    Labels projected = selectors ? projected(key, labels) : Labels.NONE;
    PodShape shape = variant(kind, new Variant(projected, VolumeNeeds.NONE));
    kind.labels = projected;
    kind.shape = shape;
    return shape;
  }

  private PodShape variant(Kind kind, Variant variant) {
    return kind.others.computeIfAbsent(variant, each -> shape(kind, each));
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

  private PodShape shape(Kind kind, Variant variant) {
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
            verdicts.podKind(spec),
            variant.volumes());
    Labels labels = variant.labels();
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
