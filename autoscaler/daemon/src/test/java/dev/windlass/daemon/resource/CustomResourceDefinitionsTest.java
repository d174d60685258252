package dev.windlass.daemon.resource;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.CustomResource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The committed CustomResourceDefinitions are those of the Java types. */
class CustomResourceDefinitionsTest {
  private static final Path COMMITTED = Path.of("..", "..", "deploy", "crds");
  private static final String WRITE = "windlass.crds.write";

  static List<Class<? extends HasMetadata>> kinds() {
    return List.of(
        NodeGroupResource.class,
        ReplicaScalerResource.class,
        GpuStackResource.class,
        GpuNodeResource.class);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void committedDefinitionIsThatOfTheJavaTypes(
      Class<? extends HasMetadata> kind, @TempDir Path directory) throws IOException {
    String name = CustomResource.getCRDName(kind);
    new CRDGenerator()
        .inOutputDir(directory.toFile())
        .withPostProcessor(new Finish(kind))
        .customResourceClasses(List.of(kind))
        .generate();
    String generated = Files.readString(directory.resolve(name + "-v1.yml"));
    Path committed = COMMITTED.resolve(name + ".yaml");
    if (Boolean.getBoolean(WRITE)) {
      Files.createDirectories(COMMITTED);
      Files.writeString(committed, generated);
    }
    assertThat(Files.exists(committed) ? Files.readString(committed) : "")
        .as(
            "%s is stale; write it anew with: ./mvnw -pl autoscaler/daemon -am test"
                + " -Dtest=CustomResourceDefinitionsTest"
                + " -Dsurefire.failIfNoSpecifiedTests=false -D%s=true",
            committed.getFileName(), WRITE)
        .isEqualTo(generated);
  }

  /**
   * What the generator cannot know: that a spec is needed, the columns' order, and the lists whose
   * items several writers own one by one.
   */
  private record Finish(Class<? extends HasMetadata> kind) implements CRDPostProcessor {
    private static final Map<String, String> KEYS =
        Map.of("conditions", "type", "operations", "id", "outages", "metric");

    @Override
    public HasMetadata process(HasMetadata generated, String crdVersion) {
      CustomResourceDefinition definition = (CustomResourceDefinition) generated;
      List<String> order =
          Stream.of(kind.getAnnotationsByType(AdditionalPrinterColumn.class))
              .map(AdditionalPrinterColumn::name)
              .toList();
      for (CustomResourceDefinitionVersion version : definition.getSpec().getVersions()) {
        version
            .getAdditionalPrinterColumns()
            .sort(Comparator.comparingInt(column -> order.indexOf(column.getName())));
        if (!kind.equals(GpuStackResource.class)) {
          version.getSchema().getOpenAPIV3Schema().setRequired(List.of("spec"));
        }
        version
            .getSchema()
            .getOpenAPIV3Schema()
            .getProperties()
            .computeIfPresent("status", (_, status) -> keyed(status));
      }
      return definition;
    }

    private static JSONSchemaProps keyed(JSONSchemaProps status) {
      KEYS.forEach((list, key) -> {
        JSONSchemaProps property = status.getProperties().get(list);
        if (property != null) {
          property.setXKubernetesListType("map");
          property.setXKubernetesListMapKeys(List.of(key));
          property.getItems().getSchema().setRequired(List.of(key));
        }
      });
      return status;
    }
  }

  @Test
  void everyDefinitionHasStatusShortNameAndCategory() {
    assertThat(CustomResourceDefinitions.all())
        .allSatisfy(definition -> {
          assertThat(definition.getSpec().getGroup()).isEqualTo(CustomResourceDefinitions.GROUP);
          assertThat(definition.getSpec().getNames().getCategories()).containsExactly("windlass");
          assertThat(definition.getSpec().getVersions())
              .allSatisfy(version -> {
                assertThat(version.getSubresources().getStatus()).isNotNull();
                assertThat(version.getAdditionalPrinterColumns()).isNotEmpty();
              });
        })
        .flatExtracting(definition -> definition.getSpec().getNames().getShortNames())
        .containsExactly("wng", "wrs", "wgs", "wgn");
  }

  @Test
  void onlyScalersAreNamespaced() {
    assertThat(CustomResourceDefinitions.all())
        .filteredOn(definition -> definition.getSpec().getScope().equals("Namespaced"))
        .extracting(definition -> definition.getMetadata().getName())
        .containsExactly("replicascalers.windlass.dev");
  }
}
