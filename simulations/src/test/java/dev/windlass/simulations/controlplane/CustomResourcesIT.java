package dev.windlass.simulations.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.daemon.catalogue.InstanceCatalogue;
import dev.windlass.daemon.resource.CustomResourceDefinitions;
import dev.windlass.daemon.resource.GpuStackMapping;
import dev.windlass.daemon.resource.GpuStackResource;
import dev.windlass.daemon.resource.NodeGroupMapping;
import dev.windlass.daemon.resource.NodeGroupResource;
import dev.windlass.daemon.resource.Parsed;
import dev.windlass.daemon.resource.ReplicaScalerMapping;
import dev.windlass.daemon.resource.ReplicaScalerResource;
import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.autoscaling.v1.Scale;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FieldValidateable;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The definitions of deploy/crds on a real API server. */
class CustomResourcesIT {
  private static final Path REFERENCE = Path.of("..", "docs", "reference");
  private static final YAMLMapper YAML = new YAMLMapper();

  @TempDir static Path folder;
  private static ControlPlane plane;
  private static KubernetesClient client;

  @BeforeAll
  static void start() {
    plane = ControlPlane.start(RealControlPlane.binaries(), folder, List.of());
    client = plane.client(ControlPlane.ADMINISTRATOR);
    RealControlPlane.installDefinitions(client);
  }

  @AfterAll
  static void stop() {
    if (client != null) {
      client.close();
    }
    if (plane != null) {
      plane.close();
    }
  }

  @AfterEach
  void clear() {
    client.resources(NodeGroupResource.class).delete();
    client.resources(ReplicaScalerResource.class).inAnyNamespace().delete();
    client.resources(GpuStackResource.class).delete();
  }

  @Test
  void areStructuralAndTheirNamesAreAccepted() {
    assertThat(client.apiextensions().v1().customResourceDefinitions().list().getItems())
        .hasSize(4)
        .allSatisfy(each ->
            assertThat(RealControlPlane.conditions(each))
                .containsEntry("NamesAccepted", "True")
                .doesNotContainEntry("NonStructuralSchema", "True"));
  }

  @Test
  void areFoundByTheirShortNamesAndTheirCategory() {
    List<APIResource> kinds =
        client.getApiResources(CustomResourceDefinitions.API_VERSION).getResources().stream()
            .filter(each -> !each.getName().contains("/"))
            .toList();

    assertThat(kinds)
        .flatExtracting(APIResource::getShortNames)
        .containsExactlyInAnyOrder("wng", "wrs", "wgs", "wgn");
    assertThat(kinds)
        .allSatisfy(each -> assertThat(each.getCategories()).containsExactly("windlass"));
  }

  @Test
  void arePrintedWithTheirColumns() throws Exception {
    create(smallNodeGroup("columns"));
    for (CustomResourceDefinition each : CustomResourceDefinitions.all()) {
      List<String> columns = new ArrayList<>(List.of("Name"));
      each.getSpec().getVersions().getFirst().getAdditionalPrinterColumns().stream()
          .map(CustomResourceColumnDefinition::getName)
          .forEach(columns::add);
      assertThat(table(each.getSpec().getNames().getPlural()).path("columnDefinitions"))
          .extracting(column -> column.path("name").asString())
          .containsExactlyElementsOf(columns);
    }
    assertThat(table("nodegroups").path("rows").path(0).path("cells"))
        .extracting(JsonNode::asString)
        .startsWith("columns", "1", "3");
  }

  private static JsonNode table(String plural) throws Exception {
    HttpRequest request =
        client
            .getHttpClient()
            .newHttpRequestBuilder()
            .uri(plane.server() + "/apis/" + CustomResourceDefinitions.API_VERSION + "/" + plural)
            .header("Accept", "application/json;as=Table;g=meta.k8s.io;v=v1")
            .build();
    return YAML.readTree(
        client.getHttpClient().sendAsync(request, String.class).get(20, TimeUnit.SECONDS).body());
  }

  @Test
  void statusIsWrittenApartFromTheSpec() {
    NodeGroupResource created = create(smallNodeGroup("apart"));
    client
        .resource(created)
        .subresource("status")
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"spec\": {\"maxSize\": 9}, \"status\": {\"nodes\": 2}}");
    NodeGroupResource told = client.resource(created).get();
    assertThat(told.getSpec().maxSize()).as("the spec is as it was").isEqualTo(3);
    assertThat(told.getMetadata().getGeneration()).isEqualTo(1);
    assertThat(told.getStatus().nodes()).isEqualTo(2);

    client
        .resource(created)
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"spec\": {\"maxSize\": 4}, \"status\": {\"nodes\": 7}}");
    NodeGroupResource changed = client.resource(created).get();
    assertThat(changed.getSpec().maxSize()).isEqualTo(4);
    assertThat(changed.getMetadata().getGeneration()).isEqualTo(2);
    assertThat(changed.getStatus().nodes()).as("the status is as it was").isEqualTo(2);
  }

  @Test
  void scalingANodeGroupSetsItsLeastSize() {
    NodeGroupResource created = create(smallNodeGroup("scaled"));
    client
        .resource(created)
        .subresource("status")
        .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"status\": {\"nodes\": 2}}");

    Scale scale = client.resource(created).scale();
    assertThat(scale.getSpec().getReplicas()).isEqualTo(1);
    assertThat(scale.getStatus().getReplicas()).isEqualTo(2);
    scale.getSpec().setReplicas(3);
    client.resource(created).scale(scale);
    assertThat(client.resource(created).get().getSpec().minSize()).isEqualTo(3);

    scale = client.resource(created).scale();
    scale.getSpec().setReplicas(4);
    Scale tooMany = scale;
    assertThatThrownBy(() -> client.resource(created).scale(tooMany))
        .hasMessageContaining("minSize must not be larger than maxSize");
  }

  @Test
  void twoWritersOwnAConditionEach() {
    NodeGroupResource created = create(smallNodeGroup("shared"));
    applyCondition("windlass", "Accepted");
    applyCondition("someone-else", "Audited");
    applyCondition("windlass", "Scaling");

    assertThat(client.resource(created).get().getStatus().conditions())
        .as("an apply takes back what its manager leaves out, and nobody else's")
        .extracting(Condition::getType)
        .containsExactlyInAnyOrder("Audited", "Scaling");
  }

  private static void applyCondition(String manager, String type) {
    client
        .load(
            stream(
                """
                apiVersion: windlass.dev/v1alpha1
                kind: NodeGroup
                metadata: {name: shared}
                status:
                  conditions:
                    - {type: %s, status: "True", reason: Test, message: ""}
                """
                    .formatted(type)))
        .items()
        .forEach(each ->
            client
                .resource(each)
                .subresource("status")
                .patch(
                    new PatchContext.Builder()
                        .withPatchType(PatchType.SERVER_SIDE_APPLY)
                        .withFieldManager(manager)
                        .build(),
                    Serialization.asJson(each)));
  }

  @Test
  void defaultsAreWhatTheDaemonTakesWhereAFieldIsAbsent() {
    NodeGroupResource group = smallNodeGroup("defaults");
    NodeGroupResource givenGroup = create(group);
    assertThat(Serialization.asJson(givenGroup)).contains("\"dryRun\":false", "\"paused\":false");
    sameMeaning(
        group,
        givenGroup,
        it ->
            NodeGroupMapping.parse(it, InstanceCatalogue.bundled())
                .then(definition -> new Parsed.Ok<>(definition.group())));

    ReplicaScalerResource scaler =
        read(
            ReplicaScalerResource.class,
            """
            apiVersion: windlass.dev/v1alpha1
            kind: ReplicaScaler
            metadata: {name: defaults, namespace: default}
            spec:
              scaleTargetRef: {kind: Deployment, name: web}
              maxReplicas: 4
              behavior: {scaleUp: {policies: [{type: Pods, value: 1, periodSeconds: 60}]}}
              panic: {}
              prediction: {mode: Act}
              metrics:
                - type: PodScrape
                  podScrape:
                    metric: {name: queue}
                    port: 8080
                    target: {type: AverageValue, averageValue: 1}
            """);
    ReplicaScalerResource givenScaler = create(scaler);
    assertThat(givenScaler.getSpec().minReplicas()).isEqualTo(1);
    sameMeaning(scaler, givenScaler, ReplicaScalerMapping::parse);

    GpuStackResource stack =
        read(
            GpuStackResource.class,
            """
            apiVersion: windlass.dev/v1alpha1
            kind: GpuStack
            metadata: {name: defaults}
            spec: {driver: {}, runtime: {}, devicePlugin: {sharing: {}, mig: {}}, validation: {}}
            """);
    GpuStackResource givenStack = create(stack);
    assertThat(Objects.requireNonNull(givenStack.getSpec()).maxAttempts()).isEqualTo(3);
    sameMeaning(stack, givenStack, GpuStackMapping::parse);
    sameMeaning(stack, givenStack, GpuStackMapping::operands);
  }

  private static <T extends HasMetadata, R> void sameMeaning(
      T written, T stored, Function<T, Parsed<R>> meaning) {
    written.setMetadata(stored.getMetadata());
    assertThat(meaning.apply(stored))
        .isInstanceOf(Parsed.Ok.class)
        .isEqualTo(meaning.apply(written));
  }

  @ParameterizedTest
  @ValueSource(strings = {"nodegroup", "replicascaler", "gpustack", "gpunode"})
  void referenceExampleIsAccepted(String file) throws IOException {
    try (InputStream text = Files.newInputStream(REFERENCE.resolve(file + ".yaml"))) {
      for (HasMetadata each : client.load(text).items()) {
        if (each.getMetadata().getNamespace() != null) {
          each.getMetadata().setNamespace("default");
        }
        assertThat(
                client
                    .resource(each)
                    .dryRun()
                    .fieldValidation(FieldValidateable.Validation.STRICT)
                    .create())
            .isNotNull();
      }
    }
  }

  static List<JsonNode> refused() throws IOException {
    try (InputStream text = CustomResourcesIT.class.getResourceAsStream("/crds/refused.yaml")) {
      return YAML.readTree(text).valueStream().toList();
    }
  }

  @ParameterizedTest
  @MethodSource
  void refused(JsonNode row) {
    ObjectNode manifest = YAML.createObjectNode();
    manifest.put("apiVersion", CustomResourceDefinitions.API_VERSION);
    manifest.set("kind", row.path("kind"));
    manifest.putObject("metadata").put("name", "refused").put("namespace", "default");
    if (row.has("spec")) {
      manifest.set("spec", row.path("spec"));
    }
    GenericKubernetesResource object =
        Serialization.unmarshal(manifest.toString(), GenericKubernetesResource.class);

    assertThatThrownBy(() ->
            client.resource(object).fieldValidation(FieldValidateable.Validation.STRICT).create())
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining(row.path("says").asString());
  }

  private static NodeGroupResource smallNodeGroup(String name) {
    return read(
        NodeGroupResource.class,
        """
        apiVersion: windlass.dev/v1alpha1
        kind: NodeGroup
        metadata: {name: %s}
        spec: {minSize: 1, maxSize: 3, nodeSelector: {pool: a}}
        """
            .formatted(name));
  }

  private static <T extends HasMetadata> T create(T object) {
    return client.resource(object).create();
  }

  private static <T extends HasMetadata> T read(Class<T> kind, String yaml) {
    return Serialization.unmarshal(yaml, kind);
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }
}
