package dev.windlass.daemon.decode;

import dev.windlass.core.model.DaemonSet;
import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.model.PodPlacementRules;
import dev.windlass.core.model.PodSpec;
import dev.windlass.core.model.ScaleTarget;
import dev.windlass.core.model.Taint;
import dev.windlass.core.model.Toleration;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.DaemonSetSpec;
import java.util.ArrayList;
import java.util.List;

/** DaemonSets, with the tolerations that their controller adds to each pod. */
public final class DaemonSetDecoder {
  /** From "Taints and tolerations" of the DaemonSet documentation. */
  private static final List<Toleration> ADDED =
      List.of(
          added("node.kubernetes.io/not-ready", Taint.Effect.NO_EXECUTE),
          added("node.kubernetes.io/unreachable", Taint.Effect.NO_EXECUTE),
          added("node.kubernetes.io/disk-pressure", Taint.Effect.NO_SCHEDULE),
          added("node.kubernetes.io/memory-pressure", Taint.Effect.NO_SCHEDULE),
          added("node.kubernetes.io/pid-pressure", Taint.Effect.NO_SCHEDULE),
          added("node.kubernetes.io/unschedulable", Taint.Effect.NO_SCHEDULE));

  private static final Toleration ADDED_ON_HOST_NETWORK =
      added("node.kubernetes.io/network-unavailable", Taint.Effect.NO_SCHEDULE);

  private final Interner interner;
  private final PodSpecDecoder specs;

  /** A decoder that shares equal specs through the interner. */
  public DaemonSetDecoder(Interner interner, AdmissionDefaults defaults) {
    this.interner = interner;
    this.specs = new PodSpecDecoder(interner, defaults);
  }

  /** The DaemonSet, or what is wrong with it. */
  public Decoded<DaemonSet> decode(io.fabric8.kubernetes.api.model.apps.DaemonSet written) {
    Problems problems = new Problems();
    ObjectKey key = Fields.key(Fields.metadata(written));
    DaemonSetSpec spec = written.getSpec();
    PodTemplateSpec template = spec == null ? null : spec.getTemplate();
    ScaleTarget.PodTemplate decoded =
        specs.template(key.namespace(), template, List.of(), problems);
    boolean hostNetwork =
        template != null
            && template.getSpec() != null
            && Boolean.TRUE.equals(template.getSpec().getHostNetwork());
    PodSpec tolerant = interner.intern(withAdded(decoded.spec(), hostNetwork));
    return problems.unlessAny(new DaemonSet(key, decoded.labels(), tolerant));
  }

  private static PodSpec withAdded(PodSpec spec, boolean hostNetwork) {
    PodPlacementRules rules = spec.rules();
    List<Toleration> tolerations = new ArrayList<>(rules.tolerations());
    tolerations.addAll(ADDED);
    if (hostNetwork) {
      tolerations.add(ADDED_ON_HOST_NETWORK);
    }
    PodPlacementRules tolerant =
        new PodPlacementRules(
            rules.nodeSelector(),
            rules.nodeAffinity(),
            tolerations,
            rules.podAffinity(),
            rules.podAntiAffinity(),
            rules.topologySpread());
    return spec.withRules(tolerant);
  }

  private static Toleration added(String key, Taint.Effect effect) {
    return new Toleration(key, Toleration.Operator.EXISTS, "", effect);
  }
}
