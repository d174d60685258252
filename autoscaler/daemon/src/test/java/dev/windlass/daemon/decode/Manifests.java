package dev.windlass.daemon.decode;

import dev.windlass.core.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;

/** Arranges decode tests: YAML in, core values out. */
final class Manifests {
  private Manifests() {}

  /** A pod in namespace {@code shop} whose spec is this YAML. */
  static io.fabric8.kubernetes.api.model.Pod pod(String specYaml) {
    return whole(
        "metadata: {name: web-1, namespace: shop, labels: {app: web, hash: h1}}\nspec:\n"
            + specYaml.indent(2));
  }

  /** A pod from its whole YAML. */
  static io.fabric8.kubernetes.api.model.Pod whole(String yaml) {
    return read(yaml, io.fabric8.kubernetes.api.model.Pod.class);
  }

  /** An object from its YAML; the separator tells the reader that braces are YAML too. */
  static <T> T read(String yaml, Class<T> type) {
    return Serialization.unmarshal("---\n" + yaml, type);
  }

  static Pod decode(io.fabric8.kubernetes.api.model.Pod pod) {
    return value(new PodDecoder(new Interner(), AdmissionDefaults.NONE).decode(pod));
  }

  static <T> T value(Decoded<T> decoded) {
    return switch (decoded) {
      case Decoded.Ok<T> ok -> ok.value();
      case Decoded.Bad<T> bad -> throw new AssertionError(bad.sentence());
    };
  }

  static List<String> problemFields(Decoded<?> decoded) {
    return switch (decoded) {
      case Decoded.Ok<?> _ -> List.of();
      case Decoded.Bad<?> bad -> bad.problems().stream().map(FieldProblem::field).toList();
    };
  }
}
