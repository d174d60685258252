package dev.windlass.daemon.decode;

import dev.windlass.core.model.LabelSelector;
import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.model.ScaleTarget;
import dev.windlass.core.model.TargetRef;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.ReplicationController;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Workloads that can be scaled: Deployment, StatefulSet, ReplicaSet, ReplicationController, each as
 * its scale subresource shows it, with its pod template.
 */
public final class ScaleTargetDecoder {
  private final PodSpecDecoder specs;

  /** A decoder that shares equal specs through the interner. */
  public ScaleTargetDecoder(Interner interner, AdmissionDefaults defaults) {
    this.specs = new PodSpecDecoder(interner, defaults);
  }

  /** The target, or what is wrong with it. */
  public Decoded<ScaleTarget> decode(Deployment written) {
    Problems problems = new Problems();
    if (written.getSpec() == null) {
      return withoutSpec(problems);
    }
    Sizes sizes =
        new Sizes(
            written.getSpec().getReplicas(),
            written.getStatus() == null ? null : written.getStatus().getReplicas());
    LabelSelector selector = selector(written.getSpec().getSelector(), problems);
    return target(written, sizes, selector, written.getSpec().getTemplate(), problems);
  }

  /** The target, or what is wrong with it. */
  public Decoded<ScaleTarget> decode(StatefulSet written) {
    Problems problems = new Problems();
    if (written.getSpec() == null) {
      return withoutSpec(problems);
    }
    Sizes sizes =
        new Sizes(
            written.getSpec().getReplicas(),
            written.getStatus() == null ? null : written.getStatus().getReplicas());
    LabelSelector selector = selector(written.getSpec().getSelector(), problems);
    return target(written, sizes, selector, written.getSpec().getTemplate(), problems);
  }

  /** The target, or what is wrong with it. */
  public Decoded<ScaleTarget> decode(ReplicaSet written) {
    Problems problems = new Problems();
    if (written.getSpec() == null) {
      return withoutSpec(problems);
    }
    Sizes sizes =
        new Sizes(
            written.getSpec().getReplicas(),
            written.getStatus() == null ? null : written.getStatus().getReplicas());
    LabelSelector selector = selector(written.getSpec().getSelector(), problems);
    return target(written, sizes, selector, written.getSpec().getTemplate(), problems);
  }

  /** The target, or what is wrong with it. */
  public Decoded<ScaleTarget> decode(ReplicationController written) {
    Problems problems = new Problems();
    if (written.getSpec() == null) {
      return withoutSpec(problems);
    }
    Sizes sizes =
        new Sizes(
            written.getSpec().getReplicas(),
            written.getStatus() == null ? null : written.getStatus().getReplicas());
    Map<String, String> labels = Fields.map(written.getSpec().getSelector());
    LabelSelector selector = labels.isEmpty() ? null : new LabelSelector(labels, List.of());
    return target(written, sizes, selector, written.getSpec().getTemplate(), problems);
  }

  private Decoded<ScaleTarget> target(
      HasMetadata written,
      Sizes sizes,
      @Nullable LabelSelector selector,
      @Nullable PodTemplateSpec template,
      Problems problems) {
    ObjectKey key = Fields.key(Fields.metadata(written));
    return problems.unlessAny(
        new ScaleTarget(
            new TargetRef(written.getApiVersion(), written.getKind(), key),
            Fields.identity(Fields.metadata(written)),
            Fields.number(sizes.spec(), 1),
            Fields.number(sizes.status(), 0),
            selector,
            specs.template(key.namespace(), template, problems)));
  }

  /** The selector; null when there is none or it selects everything. */
  private static @Nullable LabelSelector selector(
      io.fabric8.kubernetes.api.model.@Nullable LabelSelector written, Problems problems) {
    if (written == null) {
      return null;
    }
    LabelSelector selector = SelectorDecoder.decode("spec.selector", written, problems);
    return selector.isEmpty() ? null : selector;
  }

  private static Decoded<ScaleTarget> withoutSpec(Problems problems) {
    problems.add("spec", "", "a spec");
    return problems.bad();
  }

  /** Replicas asked for and replicas there; null where the object doesn't say. */
  private record Sizes(@Nullable Integer spec, @Nullable Integer status) {}
}
