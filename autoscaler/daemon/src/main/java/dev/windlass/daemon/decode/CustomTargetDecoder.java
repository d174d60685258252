package dev.windlass.daemon.decode;

import dev.windlass.core.model.LabelSelector;
import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.model.ScaleTarget;
import dev.windlass.core.model.TargetRef;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Workloads of kinds that Kubernetes does not know, laid out as its own are: {@code spec.replicas},
 * {@code status.replicas}, {@code spec.selector} or else the text {@code status.selector}, and
 * {@code spec.template}.
 */
final class CustomTargetDecoder {
  private final PodSpecDecoder specs;

  /** A decoder that shares equal specs through the interner. */
  CustomTargetDecoder(Interner interner, AdmissionDefaults defaults) {
    this.specs = new PodSpecDecoder(interner, defaults);
  }

  /** The target, or what is wrong with it. */
  Decoded<ScaleTarget> decode(GenericKubernetesResource written) {
    Problems problems = new Problems();
    ObjectKey key = Fields.key(Fields.metadata(written));
    @Nullable LabelSelector selector = selector(written, problems);
    @Nullable PodTemplateSpec template =
        part(written, PodTemplateSpec.class, problems, "spec", "template");
    return problems.unlessAny(
        new ScaleTarget(
            new TargetRef(written.getApiVersion(), written.getKind(), key),
            Fields.identity(Fields.metadata(written)),
            Fields.number(number(written, "spec", "replicas"), 1),
            Fields.number(number(written, "status", "replicas"), 0),
            selector,
            template == null || template.getSpec() == null
                ? null
                : specs.template(key.namespace(), template, problems)));
  }

  private static @Nullable Integer number(GenericKubernetesResource written, Object... path) {
    return written.get(path) instanceof Number number ? number.intValue() : null;
  }

  /** The selector; null when there is none or it selects everything. */
  private static @Nullable LabelSelector selector(
      GenericKubernetesResource written, Problems problems) {
    if (written.get("status", "selector") instanceof String text
        && !(written.get("spec", "selector") instanceof Map)) {
      return equalities(text);
    }
    io.fabric8.kubernetes.api.model.@Nullable LabelSelector given =
        part(
            written,
            io.fabric8.kubernetes.api.model.LabelSelector.class,
            problems,
            "spec",
            "selector");
    if (given == null) {
      return null;
    }
    LabelSelector selector = SelectorDecoder.decode("spec.selector", given, problems);
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

  private static <T> @Nullable T part(
      GenericKubernetesResource written, Class<T> type, Problems problems, Object... path) {
    Object value = written.get(path);
    if (value == null) {
      return null;
    }
    try {
      return Serialization.unmarshal(Serialization.asJson(value), type);
    } catch (KubernetesClientException | IllegalArgumentException _) {
      problems.add(path[0] + "." + path[1], value.toString(), "fields as those of a Deployment");
      return null;
    }
  }
}
