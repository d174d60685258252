package dev.windlass.daemon.decode;

import dev.windlass.core.model.Keys;
import dev.windlass.core.model.LocalStorage;
import dev.windlass.core.model.NodeName;
import dev.windlass.core.model.Pod;
import dev.windlass.core.model.PodMetadata;
import dev.windlass.core.model.PodPlacementRules;
import dev.windlass.core.model.PodSpec;
import dev.windlass.core.model.Preferences;
import dev.windlass.core.model.RestartPolicy;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PodSchedulingGroup;
import io.fabric8.kubernetes.api.model.Volume;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Pods. Rules as the API documents them and kube-scheduler reads them; what admission would have
 * filled in is filled in from {@link AdmissionDefaults}.
 */
public final class PodDecoder {
  private static final long USUAL_GRACE_SECONDS = 30;
  private static final Set<String> READ_ANNOTATIONS =
      Set.of(
          Keys.DO_NOT_DISRUPT,
          Keys.GPU_MILLI,
          Keys.GPU_INDEX,
          Keys.SAFE_TO_EVICT,
          Keys.SAFE_TO_EVICT_VOLUMES,
          Keys.POD_SCALE_UP_DELAY,
          Keys.EVICT_DAEMON,
          Keys.DAEMON_SET_POD,
          Keys.KARPENTER_DO_NOT_DISRUPT,
          Keys.MIRROR_POD,
          Keys.VOLCANO_GROUP);

  private final Interner interner;
  private final PodSpecDecoder specs;

  /** A decoder that shares equal specs through the interner. */
  public PodDecoder(Interner interner, AdmissionDefaults defaults) {
    this.interner = interner;
    this.specs = new PodSpecDecoder(interner, defaults);
  }

  /** The pod, or what is wrong with it. */
  public Decoded<Pod> decode(io.fabric8.kubernetes.api.model.Pod pod) {
    Problems problems = new Problems();
    ObjectMeta metadata = Fields.metadata(pod);
    io.fabric8.kubernetes.api.model.PodSpec written = specOf(pod);
    PodSource source = source(pod);
    return problems.unlessAny(
        new Pod(
            Fields.key(metadata),
            metadata(metadata, Map.of(), problems),
            specs.decode(source, problems),
            PodStatusDecoder.decode(pod, problems),
            placement(pod, source, null, specs.preferences(source, problems)),
            new Pod.Lifecycle(grace(written), restartPolicy(written), localStorage(written))));
  }

  /**
   * What stands for a bad pod, so that it is seen. On a node it takes what is known of its size,
   * and a note that it must not be disrupted keeps its node from being removed from under it.
   *
   * @param invalidSpec what is wrong with it
   */
  public Pod standIn(io.fabric8.kubernetes.api.model.Pod pod, String invalidSpec) {
    ObjectMeta metadata = Fields.metadata(pod);
    Problems known = new Problems();
    PodSpec spec = specs.decode(source(pod), known);
    return new Pod(
        Fields.key(metadata),
        metadata(metadata, Map.of(Keys.DO_NOT_DISRUPT, "true"), known),
        interner.intern(spec.withRules(PodPlacementRules.ANYWHERE)),
        PodStatusDecoder.decode(pod, known),
        placement(pod, source(pod), invalidSpec, Preferences.NONE),
        Pod.Lifecycle.USUAL);
  }

  /** The pod; a bad one by its stand-in. */
  public Pod decodeOrStandIn(io.fabric8.kubernetes.api.model.Pod pod) {
    return switch (decode(pod)) {
      case Decoded.Ok<Pod> ok -> ok.value();
      case Decoded.Bad<Pod> bad -> standIn(pod, bad.sentence());
    };
  }

  private static PodSource source(io.fabric8.kubernetes.api.model.Pod pod) {
    ObjectMeta metadata = Fields.metadata(pod);
    return new PodSource(
        "spec",
        Fields.key(metadata).namespace(),
        Fields.map(metadata.getLabels()),
        Fields.map(metadata.getAnnotations()),
        specOf(pod),
        pod.getStatus());
  }

  private PodMetadata metadata(ObjectMeta written, Map<String, String> added, Problems problems) {
    Map<String, String> annotations =
        new HashMap<>(Fields.only(READ_ANNOTATIONS, written.getAnnotations()));
    annotations.putAll(added);
    return new PodMetadata(
        Fields.identity(written),
        interner.intern(Fields.map(written.getLabels())),
        annotations,
        Fields.controller(written),
        Fields.createdAt(written, problems),
        Fields.time("metadata.deletionTimestamp", written.getDeletionTimestamp(), problems));
  }

  private static Pod.Placement placement(
      io.fabric8.kubernetes.api.model.Pod pod,
      PodSource source,
      @Nullable String invalidSpec,
      Preferences preferences) {
    String node = Fields.text(source.spec().getNodeName());
    String nominated =
        pod.getStatus() == null ? "" : Fields.text(pod.getStatus().getNominatedNodeName());
    return new Pod.Placement(
        node.isEmpty() ? null : new NodeName(node),
        nominated.isEmpty() ? null : new NodeName(nominated),
        gang(source),
        PodSpecDecoder.schedulerName(source.spec()),
        invalidSpec,
        preferences);
  }

  /** The pod group: by the pod's own field, by coscheduling's label, by Volcano's annotation. */
  private static @Nullable String gang(PodSource source) {
    PodSchedulingGroup group = source.spec().getSchedulingGroup();
    String name = group == null ? "" : Fields.text(group.getPodGroupName());
    if (name.isEmpty()) {
      name = source.labels().getOrDefault(Keys.POD_GROUP, "");
    }
    if (name.isEmpty()) {
      name = source.annotations().getOrDefault(Keys.VOLCANO_GROUP, "");
    }
    return name.isEmpty() ? null : name;
  }

  private static Duration grace(io.fabric8.kubernetes.api.model.PodSpec spec) {
    Long seconds = spec.getTerminationGracePeriodSeconds();
    return Duration.ofSeconds(seconds == null ? USUAL_GRACE_SECONDS : Math.max(0, seconds));
  }

  private static RestartPolicy restartPolicy(io.fabric8.kubernetes.api.model.PodSpec spec) {
    return switch (Fields.text(spec.getRestartPolicy())) {
      case "Never" -> RestartPolicy.NEVER;
      case "OnFailure" -> RestartPolicy.ON_FAILURE;
      default -> RestartPolicy.ALWAYS;
    };
  }

  private static LocalStorage localStorage(io.fabric8.kubernetes.api.model.PodSpec spec) {
    Set<String> names = new HashSet<>();
    for (Volume volume : Fields.list(spec.getVolumes())) {
      boolean onDisk =
          volume.getEmptyDir() != null && !"Memory".equals(volume.getEmptyDir().getMedium());
      if (onDisk || volume.getHostPath() != null) {
        names.add(Fields.text(volume.getName()));
      }
    }
    return names.isEmpty() ? LocalStorage.NONE : new LocalStorage(names);
  }

  private static io.fabric8.kubernetes.api.model.PodSpec specOf(
      io.fabric8.kubernetes.api.model.Pod pod) {
    return pod.getSpec() == null ? new io.fabric8.kubernetes.api.model.PodSpec() : pod.getSpec();
  }
}
