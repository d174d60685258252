package dev.windlass.daemon.resource;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Turns a document into a custom resource, after its schema has passed it. */
public final class ResourceReader {
  private static final JsonMapper MAPPER = new JsonMapper();

  private ResourceReader() {}

  /**
   * Reads a custom resource of ours from a document.
   *
   * @param tree the whole document
   * @param type the resource's class, for instance {@link NodeGroupResource}
   */
  public static <R extends HasMetadata> Parsed<R> read(JsonNode tree, Class<R> type) {
    Findings findings = new Findings();
    checkHead(tree, type, findings);
    Optional<CustomResourceDefinition> definition =
        CustomResourceDefinitions.ofKind(HasMetadata.getKind(type));
    if (definition.isEmpty()) {
      throw new IllegalArgumentException(type + " is no custom resource of ours");
    }
    new SchemaCheck(findings)
        .check(
            tree,
            definition.get().getSpec().getVersions().getFirst().getSchema().getOpenAPIV3Schema(),
            "");
    return findings.none() ? convert(tree, type) : findings.bad();
  }

  /**
   * Checks a resource that came from a cluster whose definitions may be older than ours: a mapping
   * relies on what the schema demands.
   */
  public static <R extends HasMetadata> Parsed<R> check(R resource, Class<R> type) {
    Parsed<R> read = read(MAPPER.readTree(Serialization.asJson(resource)), type);
    return read.then(_ -> new Parsed.Ok<>(resource));
  }

  private static void checkHead(JsonNode tree, Class<?> type, Findings findings) {
    String version = tree.path("apiVersion").asString("");
    findings.require(
        version.equals(CustomResourceDefinitions.API_VERSION),
        "apiVersion",
        version,
        CustomResourceDefinitions.API_VERSION);
    String kind = tree.path("kind").asString("");
    findings.require(
        kind.equals(HasMetadata.getKind(type)), "kind", kind, HasMetadata.getKind(type));
    JsonNode metadata = tree.path("metadata");
    findings.require(
        metadata.isObject() || metadata.isMissingNode(), "metadata", metadata, "a map of fields");
  }

  /** What the schema passes but the type does not hold, such as a number beyond its range. */
  private static <R> Parsed<R> convert(JsonNode tree, Class<R> type) {
    try {
      return new Parsed.Ok<>(Serialization.unmarshal(tree.toString(), type));
    } catch (KubernetesClientException | IllegalArgumentException e) {
      Findings findings = new Findings();
      findings.missing("the document", "fields that can be read: " + firstLine(e));
      return findings.bad();
    }
  }

  private static String firstLine(Exception e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
  }
}
