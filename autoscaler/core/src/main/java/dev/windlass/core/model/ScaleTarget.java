package dev.windlass.core.model;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A scalable object as its scale subresource and its pod template show it.
 *
 * @param ref its name
 * @param identity its uid and version
 * @param specReplicas what it was asked for
 * @param statusReplicas what it has, surge pods included
 * @param selector its pods; null when it has none or an empty one
 * @param template what a pod that it creates looks like, or null when that is not known
 */
public record ScaleTarget(
    TargetRef ref,
    Identity identity,
    int specReplicas,
    int statusReplicas,
    @Nullable LabelSelector selector,
    @Nullable PodTemplate template) {
  /**
   * What a new pod looks like.
   *
   * @param labels its labels
   * @param spec its spec
   * @param schedulerName the scheduler that is to bind it
   * @param preferences where it would rather go
   */
  public record PodTemplate(
      Map<String, String> labels, PodSpec spec, String schedulerName, Preferences preferences) {
    public PodTemplate {
      labels = Map.copyOf(labels);
    }

    /** A template without preferences whose pods the default scheduler binds. */
    public PodTemplate(Map<String, String> labels, PodSpec spec) {
      this(labels, spec, Pod.Placement.DEFAULT_SCHEDULER, Preferences.NONE);
    }
  }
}
