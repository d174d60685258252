package dev.windlass.daemon.decode;

import dev.windlass.core.model.Container;
import dev.windlass.core.model.Keys;
import dev.windlass.core.model.Pod;
import dev.windlass.core.model.PodPlacementRules;
import dev.windlass.core.model.PodSpec;
import dev.windlass.core.model.PodVolume;
import dev.windlass.core.model.Preferences;
import dev.windlass.core.model.Resources;
import dev.windlass.core.model.ScaleTarget;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The part of a pod that decides where it fits; the same code for pods and pod templates. */
final class PodSpecDecoder {
  private static final int WHOLE_DEVICE_MILLI = 1_000;

  private final Interner interner;
  private final AdmissionDefaults defaults;

  PodSpecDecoder(Interner interner, AdmissionDefaults defaults) {
    this.interner = interner;
    this.defaults = defaults;
  }

  PodSpec decode(PodSource source, Problems problems) {
    return decode(source, List.of(), problems);
  }

  /** The spec with volumes that each pod gets beside those of its own. */
  private PodSpec decode(PodSource source, List<PodVolume> added, Problems problems) {
    ContainerDecoder decoder = new ContainerDecoder(source, problems);
    List<Container> containers = decoder.containers();
    List<Container> initContainers = decoder.initContainers();
    PodPlacementRules rules = new PlacementRulesDecoder(source, problems).decode();
    return interner.intern(
        new PodSpec(
            containers,
            initContainers,
            overhead(source, problems),
            decoder.podRequests(containers, initContainers),
            interner.intern(rules),
            priority(source),
            gpuMilli(source, problems),
            attachments(source, added, problems)));
  }

  private static PodSpec.Attachments attachments(
      PodSource source, List<PodVolume> added, Problems problems) {
    List<PodVolume> volumes =
        new ArrayList<>(
            PodVolumeDecoder.decode(
                source.field() + ".volumes", source.spec().getVolumes(), problems));
    volumes.addAll(added);
    return new PodSpec.Attachments(volumes, PodClaimDecoder.decode(source, problems));
  }

  /**
   * The template of a workload, as the pods that its controller will create.
   *
   * @param added volumes that the controller gives each pod beside those of the template
   */
  ScaleTarget.PodTemplate template(
      String namespace,
      @Nullable PodTemplateSpec template,
      List<PodVolume> added,
      Problems problems) {
    ObjectMeta metadata =
        template == null || template.getMetadata() == null
            ? new ObjectMeta()
            : template.getMetadata();
    if (template == null || template.getSpec() == null) {
      problems.add("spec.template.spec", "", "a pod spec");
    }
    PodSource source =
        new PodSource(
            "spec.template.spec",
            namespace,
            Fields.map(metadata.getLabels()),
            Fields.map(metadata.getAnnotations()),
            template == null || template.getSpec() == null
                ? new io.fabric8.kubernetes.api.model.PodSpec()
                : template.getSpec(),
            null);
    return new ScaleTarget.PodTemplate(
        interner.intern(source.labels()),
        decode(source, added, problems),
        schedulerName(source.spec()),
        preferences(source, problems));
  }

  /** Where such pods would rather run. */
  Preferences preferences(PodSource source, Problems problems) {
    return interner.intern(new PreferencesDecoder(source, problems).decode());
  }

  /** The scheduler that is to bind such pods. */
  static String schedulerName(io.fabric8.kubernetes.api.model.PodSpec spec) {
    String written = Fields.text(spec.getSchedulerName());
    return written.isEmpty() ? Pod.Placement.DEFAULT_SCHEDULER : written;
  }

  private Resources overhead(PodSource source, Problems problems) {
    return source.spec().getOverhead() == null || source.spec().getOverhead().isEmpty()
        ? defaults.overhead(source.spec().getRuntimeClassName())
        : ResourcesDecoder.decode(
            source.field() + ".overhead", source.spec().getOverhead(), problems);
  }

  private int priority(PodSource source) {
    Integer written = source.spec().getPriority();
    return written == null ? defaults.priority(source.spec().getPriorityClassName()) : written;
  }

  private static int gpuMilli(PodSource source, Problems problems) {
    String written = source.annotations().get(Keys.GPU_MILLI);
    if (written == null) {
      return 0;
    }
    if (written.matches("\\d{1,4}")) {
      int share = Integer.parseInt(written);
      if (share >= 1 && share <= WHOLE_DEVICE_MILLI) {
        return share;
      }
    }
    problems.add(
        "metadata.annotations[" + Keys.GPU_MILLI + "]", written, "a whole number from 1 to 1000");
    return 0;
  }
}
