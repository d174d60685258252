package dev.windlass.daemon.resource;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Documents written as text in tests. */
final class Yaml {
  private static final YAMLMapper MAPPER = new YAMLMapper();

  private Yaml() {}

  static JsonNode tree(String kind, String body) {
    return MAPPER.readTree("apiVersion: windlass.dev/v1alpha1\nkind: " + kind + "\n" + body);
  }

  static <R extends HasMetadata> Parsed<R> read(Class<R> type, String body) {
    return ResourceReader.read(tree(HasMetadata.getKind(type), body), type);
  }

  static <T> T ok(Parsed<T> parsed) {
    return switch (parsed) {
      case Parsed.Ok<T> ok -> ok.value();
      case Parsed.Bad<T> bad -> throw new AssertionError(bad.message());
    };
  }

  static List<String> fields(Parsed<?> parsed) {
    return switch (parsed) {
      case Parsed.Ok<?> ok -> throw new AssertionError("expected problems, got " + ok.value());
      case Parsed.Bad<?> bad -> bad.problems().stream().map(FieldProblem::field).toList();
    };
  }
}
