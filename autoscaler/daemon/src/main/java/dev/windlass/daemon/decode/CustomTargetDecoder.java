package dev.windlass.daemon.decode;

import dev.windlass.core.model.LabelSelector;
import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.model.ScaleTarget;
import dev.windlass.core.model.TargetRef;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentSpec;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Workloads of kinds that Kubernetes does not know, read as if they were Deployments, for they are
 * laid out alike: {@code spec.replicas}, {@code status.replicas}, {@code spec.selector} or else the
 * text {@code status.selector}, and {@code spec.template} where it is one of pods.
 */
final class CustomTargetDecoder {
  private final PodSpecDecoder specs;

  CustomTargetDecoder(PodSpecDecoder specs) {
    this.specs = specs;
  }

  /** The target, or what is wrong with it. */
  Decoded<ScaleTarget> decode(Deployment written) {
    DeploymentSpec spec = written.getSpec() == null ? new DeploymentSpec() : written.getSpec();
    DeploymentStatus status =
        written.getStatus() == null ? new DeploymentStatus() : written.getStatus();
    ObjectKey key = Fields.key(Fields.metadata(written));
    @Nullable PodTemplateSpec template = spec.getTemplate();
    Problems problems = new Problems();
    return problems.unlessAny(
        new ScaleTarget(
            new TargetRef(written.getApiVersion(), written.getKind(), key),
            Fields.identity(Fields.metadata(written)),
            Fields.number(spec.getReplicas(), 1),
            Fields.number(status.getReplicas(), 0),
            selector(spec, status, problems),
            template == null || template.getSpec() == null
                ? null
                : specs.template(key.namespace(), template, List.of(), problems)));
  }

  /** The selector; null when there is none or it selects everything. */
  private static @Nullable LabelSelector selector(
      DeploymentSpec spec, DeploymentStatus status, Problems problems) {
    if (spec.getSelector() == null) {
      Object text = status.getAdditionalProperties().get("selector");
      return text instanceof String equalities ? equalities(equalities) : null;
    }
    LabelSelector selector = SelectorDecoder.decode("spec.selector", spec.getSelector(), problems);
    return selector.isEmpty() ? null : selector;
  }

  /** A selector written {@code a=b,c=d}; null when it is written in another way. */
  private static @Nullable LabelSelector equalities(String text) {
    Map<String, String> labels = new HashMap<>();
    for (String each : text.split(",", -1)) {
      int sign = each.indexOf('=');
      if (sign < 1 || each.charAt(sign - 1) == '!' || each.indexOf(' ') >= 0) {
        return null;
      }
      labels.put(each.substring(0, sign), each.substring(sign + 1).replaceFirst("^=", ""));
    }
    return new LabelSelector(labels, List.of());
  }
}
