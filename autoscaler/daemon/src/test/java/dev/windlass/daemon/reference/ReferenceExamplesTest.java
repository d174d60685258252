package dev.windlass.daemon.reference;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.windlass.daemon.cli.ExitCode;
import dev.windlass.daemon.cli.Main;
import dev.windlass.daemon.config.Configuration;
import dev.windlass.daemon.config.DaemonSettings;
import dev.windlass.daemon.input.Document;
import dev.windlass.daemon.input.DocumentReader;
import dev.windlass.daemon.resource.CustomResourceDefinitions;
import dev.windlass.daemon.resource.Parsed;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples in docs/reference are complete and valid. */
class ReferenceExamplesTest {
  private static final Path REFERENCE = Path.of("..", "..", "docs", "reference");
  private static final List<String> OWN_WORDS_OF_KUBERNETES =
      List.of("matchExpressions", "matchLabels");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nodegroup.yaml",
        "replicascaler.yaml",
        "gpustack.yaml",
        "gpunode.yaml",
        "configuration.yaml"
      })
  void exampleIsValid(String file) {
    StringWriter err = new StringWriter();
    int code =
        Main.run(
            new PrintWriter(new StringWriter()),
            new PrintWriter(err),
            "validate",
            "-f",
            REFERENCE.resolve(file).toString());
    assertThat(err.toString()).isEmpty();
    assertThat(code).isEqualTo(ExitCode.OK);
  }

  @ParameterizedTest
  @CsvSource({
    "nodegroup.yaml, NodeGroup",
    "replicascaler.yaml, ReplicaScaler",
    "gpustack.yaml, GpuStack",
    "gpunode.yaml, GpuNode"
  })
  void examplePassesTheDefinitionsSchema(String file, String kind) throws IOException {
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
            .getSchema(Serialization.asJson(schemaOf(kind)), InputFormat.JSON);
    assertThat(schema.validate(Files.readString(REFERENCE.resolve(file)), InputFormat.YAML))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "nodegroup.yaml, NodeGroup",
    "replicascaler.yaml, ReplicaScaler",
    "gpustack.yaml, GpuStack",
    "gpunode.yaml, GpuNode"
  })
  void exampleShowsEveryField(String file, String kind) throws IOException {
    String text = Files.readString(REFERENCE.resolve(file));
    SortedSet<String> fields = new TreeSet<>();
    JSONSchemaProps root = schemaOf(kind);
    collect(root.getProperties().get("spec"), fields);
    if (kind.equals("GpuNode")) {
      collect(root.getProperties().get("status"), fields);
    }
    fields.removeAll(OWN_WORDS_OF_KUBERNETES);
    assertThat(fields)
        .hasSizeGreaterThan(8)
        .allSatisfy(field -> assertThat(text).contains(field + ":"));
  }

  @Test
  void configurationExampleIsTheDefault() {
    Document document =
        new DocumentReader(InputStream.nullInputStream())
            .readAll(List.of(REFERENCE.resolve("configuration.yaml").toString()))
            .documents()
            .getFirst();
    assertThat(Configuration.parse(document.tree()))
        .isEqualTo(new Parsed.Ok<>(DaemonSettings.DEFAULT));
    assertThat(Configuration.keys())
        .allSatisfy(key ->
            assertThat(document.tree().at("/spec/" + key.path().replace('.', '/')).isMissingNode())
                .as(key.path())
                .isFalse());
  }

  /** Its fields are those of ResourceSlice. */
  private static final String OWN_TYPE_OF_KUBERNETES = "resourceSlices";

  private static JSONSchemaProps schemaOf(String kind) {
    CustomResourceDefinition definition = CustomResourceDefinitions.ofKind(kind).orElseThrow();
    return definition.getSpec().getVersions().getFirst().getSchema().getOpenAPIV3Schema();
  }

  private static void collect(JSONSchemaProps schema, SortedSet<String> fields) {
    Map<String, JSONSchemaProps> properties =
        schema.getProperties() == null ? Map.of() : schema.getProperties();
    properties.forEach((name, each) -> {
      fields.add(name);
      if (!name.equals(OWN_TYPE_OF_KUBERNETES)) {
        collect(each, fields);
      }
    });
    if (schema.getItems() != null && schema.getItems().getSchema() != null) {
      collect(schema.getItems().getSchema(), fields);
    }
  }
}
