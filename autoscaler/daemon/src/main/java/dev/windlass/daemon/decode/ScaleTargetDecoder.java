package dev.windlass.daemon.decode;

import dev.windlass.core.model.LabelSelector;
import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.model.PodVolume;
import dev.windlass.core.model.ScaleTarget;
import dev.windlass.core.model.TargetRef;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.ReplicationController;
import io.fabric8.kubernetes.api.model.ReplicationControllerSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentSpec;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetSpec;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Workloads that can be scaled: Deployment, StatefulSet, ReplicaSet, ReplicationController, and
 * objects of other kinds read as Deployments, each as its scale subresource shows it, with its pod
 * template.
 */
public final class ScaleTargetDecoder {
  private final PodSpecDecoder specs;
  private final CustomTargetDecoder customs;

  /** A decoder that shares equal specs through the interner. */
  public ScaleTargetDecoder(Interner interner, AdmissionDefaults defaults) {
    this.specs = new PodSpecDecoder(interner, defaults);
    this.customs = new CustomTargetDecoder(specs);
  }

  /** The target, or what is wrong with it; empty for a kind that is none of these. */
  public Optional<Decoded<ScaleTarget>> decode(HasMetadata written) {
    return switch (written) {
      case Deployment alike when !alike.getKind().equals("Deployment") ->
          Optional.of(customs.decode(alike));
      case Deployment deployment -> Optional.of(deployment(deployment));
      case StatefulSet set -> Optional.of(statefulSet(set));
      case ReplicaSet set -> Optional.of(replicaSet(set));
      case ReplicationController controller -> Optional.of(replicationController(controller));
      default -> Optional.empty();
    };
  }

  private Decoded<ScaleTarget> deployment(Deployment written) {
    DeploymentSpec spec = written.getSpec() == null ? new DeploymentSpec() : written.getSpec();
    Integer replicas = written.getStatus() == null ? null : written.getStatus().getReplicas();
    Problems problems = new Problems();
    LabelSelector selector = selector(spec.getSelector(), problems);
    Sizes sizes = new Sizes(spec.getReplicas(), replicas);
    return target(
        written,
        sizes,
        selector,
        templateOf(written, spec.getTemplate(), List.of(), problems),
        problems);
  }

  private Decoded<ScaleTarget> statefulSet(StatefulSet written) {
    StatefulSetSpec spec = written.getSpec() == null ? new StatefulSetSpec() : written.getSpec();
    Integer replicas = written.getStatus() == null ? null : written.getStatus().getReplicas();
    Problems problems = new Problems();
    LabelSelector selector = selector(spec.getSelector(), problems);
    Sizes sizes = new Sizes(spec.getReplicas(), replicas);
    List<PodVolume> own =
        Fields.list(spec.getVolumeClaimTemplates()).stream()
            .map(each -> PodVolumeDecoder.template(each, problems))
            .toList();
    return target(
        written, sizes, selector, templateOf(written, spec.getTemplate(), own, problems), problems);
  }

  private Decoded<ScaleTarget> replicaSet(ReplicaSet written) {
    ReplicaSetSpec spec = written.getSpec() == null ? new ReplicaSetSpec() : written.getSpec();
    Integer replicas = written.getStatus() == null ? null : written.getStatus().getReplicas();
    Problems problems = new Problems();
    LabelSelector selector = selector(spec.getSelector(), problems);
    Sizes sizes = new Sizes(spec.getReplicas(), replicas);
    return target(
        written,
        sizes,
        selector,
        templateOf(written, spec.getTemplate(), List.of(), problems),
        problems);
  }

  private Decoded<ScaleTarget> replicationController(ReplicationController written) {
    ReplicationControllerSpec spec =
        written.getSpec() == null ? new ReplicationControllerSpec() : written.getSpec();
    Integer replicas = written.getStatus() == null ? null : written.getStatus().getReplicas();
    Map<String, String> labels = Fields.map(spec.getSelector());
    LabelSelector selector = labels.isEmpty() ? null : new LabelSelector(labels, List.of());
    Sizes sizes = new Sizes(spec.getReplicas(), replicas);
    Problems problems = new Problems();
    return target(
        written,
        sizes,
        selector,
        templateOf(written, spec.getTemplate(), List.of(), problems),
        problems);
  }

  private Decoded<ScaleTarget> target(
      HasMetadata written,
      Sizes sizes,
      @Nullable LabelSelector selector,
      ScaleTarget.PodTemplate template,
      Problems problems) {
    ObjectKey key = Fields.key(Fields.metadata(written));
    return problems.unlessAny(
        new ScaleTarget(
            new TargetRef(written.getApiVersion(), written.getKind(), key),
            Fields.identity(Fields.metadata(written)),
            Fields.number(sizes.spec(), 1),
            Fields.number(sizes.status(), 0),
            selector,
            template));
  }

  private ScaleTarget.PodTemplate templateOf(
      HasMetadata written,
      @Nullable PodTemplateSpec template,
      List<PodVolume> added,
      Problems problems) {
    String namespace = Fields.key(Fields.metadata(written)).namespace();
    return specs.template(namespace, template, added, problems);
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

  /** Replicas asked for and replicas there; null where the object doesn't say. */
  private record Sizes(@Nullable Integer spec, @Nullable Integer status) {}
}
