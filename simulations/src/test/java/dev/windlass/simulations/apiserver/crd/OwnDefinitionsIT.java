package dev.windlass.simulations.apiserver.crd;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.daemon.resource.CustomResourceDefinitions;
import dev.windlass.simulations.apiserver.EmbeddedApiServer;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FieldValidateable;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Manifests of our kinds that the real API server refuses are refused here with the same words. */
class OwnDefinitionsIT {
  private static final EmbeddedApiServer SERVER =
      EmbeddedApiServer.builder().user("admin", "admin", "system:masters").build();
  private static final KubernetesClient CLIENT = client();

  private static KubernetesClient client() {
    return new KubernetesClientBuilder()
        .withConfig(
            new ConfigBuilder(Config.empty())
                .withMasterUrl(SERVER.start().uri().toString())
                .withOauthToken("admin")
                .withNamespace("default")
                .build())
        .build();
  }

  @BeforeAll
  static void install() {
    CustomResourceDefinitions.all().forEach(each -> CLIENT.resource(each).create());
  }

  @AfterAll
  static void close() {
    CLIENT.close();
    SERVER.close();
  }

  static List<JsonNode> refused() throws IOException {
    try (InputStream text = OwnDefinitionsIT.class.getResourceAsStream("/crds/refused.yaml")) {
      return YAMLMapper.shared().readTree(text).valueStream().toList();
    }
  }

  @ParameterizedTest
  @MethodSource
  void refused(JsonNode row) {
    ObjectNode manifest = YAMLMapper.shared().createObjectNode();
    manifest.put("apiVersion", CustomResourceDefinitions.API_VERSION);
    manifest.set("kind", row.path("kind"));
    manifest.putObject("metadata").put("name", "refused").put("namespace", "default");
    if (row.has("spec")) {
      manifest.set("spec", row.path("spec"));
    }
    GenericKubernetesResource object =
        Serialization.unmarshal(manifest.toString(), GenericKubernetesResource.class);

    assertThatThrownBy(() ->
            CLIENT.resource(object).fieldValidation(FieldValidateable.Validation.STRICT).create())
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining(row.path("says").asString());
  }
}
