package dev.windlass.simulations.demo;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Map;

/**
 * A scenario whose node groups are in real clouds: the same machines under the names that each
 * cloud has for them.
 */
final class ProviderScenario {
  static final String GCP_PROJECT = "demo-project";
  private static final String RESOURCE_GROUP = "demo";

  /** The demo's machine types and zone, as each cloud calls what comes nearest. */
  private static final Map<DemoProvider, Map<String, String>> NAMES =
      Map.of(
          DemoProvider.AWS,
          Map.of(
              "zone-a", "us-east-1a",
              "general-4", "m5.xlarge",
              "compute-16", "c5.4xlarge",
              "gpu-1x-l4", "g6.xlarge",
              "gpu-4x-h100", "p5.48xlarge"),
          DemoProvider.AZURE,
          Map.of(
              "zone-a", "eastus-1",
              "general-4", "Standard_D4s_v5",
              "compute-16", "Standard_F16s_v2",
              "gpu-1x-l4", "Standard_NC4as_T4_v3",
              "gpu-4x-h100", "Standard_ND96isr_H100_v5"),
          DemoProvider.GCP,
          Map.of(
              "zone-a", "us-central1-a",
              "general-4", "n2-standard-4",
              "compute-16", "c2d-standard-16",
              "gpu-1x-l4", "g2-standard-4",
              "gpu-4x-h100", "a3-highgpu-8g"));

  private ProviderScenario() {}

  /** The same morning in the clouds of a provider. */
  static Scenario in(DemoProvider provider, Scenario scenario) {
    if (provider == DemoProvider.SIMULATED) {
      return scenario;
    }
    List<HasMetadata> groups =
        scenario.initial().stream()
            .filter(object -> object.getKind().equals("NodeGroup"))
            .map(object -> moved((GenericKubernetesResource) object, provider))
            .toList();
    return scenario.with(groups);
  }

  private static HasMetadata moved(GenericKubernetesResource given, DemoProvider all) {
    String name = given.getMetadata().getName();
    DemoProvider provider = all.of(name);
    Map<String, String> names = NAMES.getOrDefault(provider, Map.of());
    GenericKubernetesResource group = new KubernetesSerialization().clone(given);
    Map<String, Object> spec = group.get("spec");
    spec.put("provider", Map.of(provider.kind(), reference(provider, name, names)));
    spec.computeIfPresent("zones", (_, zones) -> renamed(zones, names));
    spec.computeIfPresent("instanceTypes", (_, types) -> renamed(types, names));
    List<Map<String, Object>> prices = group.get("spec", "prices");
    prices.forEach(
        price -> price.computeIfPresent("instanceType", (_, type) -> names.getOrDefault(type, "")));
    return group;
  }

  private static Map<String, Object> reference(
      DemoProvider provider, String name, Map<String, String> names) {
    return switch (provider) {
      case AZURE -> Map.of("resourceGroup", RESOURCE_GROUP, "scaleSet", name);
      case GCP ->
          Map.of(
              "project",
              GCP_PROJECT,
              "location",
              names.getOrDefault("zone-a", ""),
              "instanceGroupManager",
              name);
      case AWS -> Map.of("autoScalingGroup", name);
      case SIMULATED, ALL -> throw new IllegalArgumentException(provider + " is no cloud");
    };
  }

  private static List<String> renamed(Object values, Map<String, String> names) {
    return ((List<?>) values)
        .stream().map(each -> names.getOrDefault(each.toString(), each.toString())).toList();
  }
}
