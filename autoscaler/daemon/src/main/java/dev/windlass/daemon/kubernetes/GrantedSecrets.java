package dev.windlass.daemon.kubernetes;

import dev.windlass.core.model.ObjectKey;
import dev.windlass.daemon.metrics.SecretReader;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reads single Secrets by name. The daemon's own role grants none: whoever owns a namespace grants
 * the one that a metric needs.
 */
final class GrantedSecrets implements SecretReader {
  private final KubernetesClient client;

  GrantedSecrets(KubernetesClient client) {
    this.client = client;
  }

  @Override
  public Optional<Map<String, String>> read(ObjectKey secret) {
    try {
      Secret found = client.secrets().inNamespace(secret.namespace()).withName(secret.name()).get();
      return Optional.ofNullable(found).map(GrantedSecrets::texts);
    } catch (KubernetesClientException | IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static Map<String, String> texts(Secret secret) {
    Map<String, String> texts = new HashMap<>();
    if (secret.getData() != null) {
      secret
          .getData()
          .forEach((key, value) ->
              texts.put(
                  key, new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8)));
    }
    return texts;
  }
}
