package dev.windlass.daemon.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.ClusterSnapshot;
import dev.windlass.core.model.NodeGroupName;
import dev.windlass.daemon.catalogue.InstanceCatalogue;
import dev.windlass.daemon.resource.NodeGroupDefinition;
import dev.windlass.daemon.resource.NodeGroupMapping;
import dev.windlass.daemon.resource.NodeGroupResource;
import dev.windlass.daemon.resource.Parsed;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OtherAutoscalersTest {
  private static final Membership NO_NODES =
      Membership.of(new ClusterSnapshot.Capacity(List.of(), List.of(), List.of(), List.of()));

  private static NodeGroupDefinition definition(String provider) {
    NodeGroupResource resource =
        Serialization.unmarshal(
            """
            apiVersion: windlass.dev/v1alpha1
            kind: NodeGroup
            metadata: {name: g, uid: u, resourceVersion: "1"}
            spec:
              minSize: 0
              maxSize: 9
              %s
              template: {resources: {cpu: "4", memory: 16Gi}}
            """
                .formatted(provider),
            NodeGroupResource.class);
    return ((Parsed.Ok<NodeGroupDefinition>)
            NodeGroupMapping.parse(resource, InstanceCatalogue.EMPTY))
        .value();
  }

  private static boolean conflicts(String provider, OtherAutoscalers others) {
    return others
        .conflicts(List.of(definition(provider)), NO_NODES)
        .containsKey(new NodeGroupName("g"));
  }

  @ParameterizedTest(name = "{0} and {1}: {2}")
  @CsvSource({
    "workers, workers, true",
    "workers, WORKERS, true",
    "workers, https://example.com/zones/z/instanceGroups/workers, true",
    "workers, other, false",
    "workers, workers-2, false"
  })
  void aGroupIsRefusedWhenTheOtherNamesIt(String ours, String theirs, boolean refused) {
    assertThat(
            conflicts(
                "provider: {simulated: {group: " + ours + "}}",
                new OtherAutoscalers(Set.of(theirs), Set.of())))
        .isEqualTo(refused);
  }

  @Test
  void everyGroupOfACloudIsRefusedWhenTheOtherNamesNone() {
    OtherAutoscalers silent = new OtherAutoscalers(Set.of(), Set.of());

    assertThat(conflicts("provider: {simulated: {group: a}}", silent)).isTrue();
    assertThat(conflicts("nodeSelector: {pool: a}", silent)).isFalse();
    assertThat(conflicts("provider: {simulated: {group: a}}", OtherAutoscalers.NONE)).isFalse();
  }
}
