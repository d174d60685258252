package dev.windlass.daemon.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.gpu.GpuGroup;
import dev.windlass.core.gpu.GpuPlan;
import dev.windlass.core.model.GpuFailedMachine;
import dev.windlass.core.model.NodeGroupName;
import dev.windlass.daemon.resource.GpuFailureMapping;
import dev.windlass.daemon.resource.GpuStackResource;
import dev.windlass.daemon.resource.NodeGroupResource;
import dev.windlass.daemon.resource.NodeGroupStatus;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** What is written about GPU machines that failed, and about the images that run on nodes. */
class GpuStatusesTest {
  private static final Instant T0 = Instant.parse("2026-05-04T10:00:00Z");
  private static final NodeGroupName GPU = new NodeGroupName("gpu");
  private static final GpuFailedMachine FAILED =
      new GpuFailedMachine(GPU, "gpu.8x@ab12", "node/n-1", T0.minusSeconds(60));

  @Test
  void remembersFailedMachinesInTheStatusOfTheirGroup() {
    NodeGroupResource group = group();

    Map<String, Object> written = patch(group, List.of(FAILED)).orElseThrow();
    group.setStatus(
        new KubernetesSerialization()
            .unmarshal(JsonMapper.shared().writeValueAsString(written), NodeGroupStatus.class));

    assertThat(GpuFailureMapping.read(group)).containsExactly(FAILED);
    assertThat(patch(group, List.of(FAILED))).as("nothing is new").isEmpty();
    assertThat(patch(group, List.of()).orElseThrow()).containsEntry("gpuFailures", List.of());
  }

  @Test
  void passesOverWhatIsNoFailureOfOurs() {
    NodeGroupResource group = group();
    group.setStatus(
        new KubernetesSerialization()
            .unmarshal(
                """
                gpuFailures:
                  - {kind: gpu.8x@ab12, machine: i-1, at: yesterday}
                  - {kind: a/b, machine: i-1, at: "2026-05-04T10:00:00Z"}
                """,
                NodeGroupStatus.class));

    assertThat(GpuFailureMapping.read(group)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"Preinstalled, True, ByDigest", "Host, True, ByDigest", "Container, False, ByName"})
  void saysWhetherARegistryCouldReplaceAnImage(String source, String status, String reason) {
    GpuStackResource stack =
        new KubernetesSerialization()
            .unmarshal(
                "metadata: {name: cuda}\nspec: {driver: {source: " + source + "}}\n",
                GpuStackResource.class);

    String written =
        JsonMapper.shared()
            .writeValueAsString(
                GpuStackStatuses.patch(stack, GpuPlan.NOTHING, "", T0).orElseThrow());

    assertThat(written)
        .contains("\"type\":\"ImagesPinned\"", "\"status\":\"" + status + "\"", reason);
    assertThat(written.contains("nvcr.io/nvidia/driver:")).isEqualTo(reason.equals("ByName"));
  }

  private static Optional<Map<String, Object>> patch(
      NodeGroupResource group, List<GpuFailedMachine> failed) {
    GpuGroup gpu = new GpuGroup(GPU, null, "", List.of(), List.of(), failed);
    return NodeGroupStatuses.patch(
        group, new NodeGroupStatuses.Known(null, "", "", 0, 0, null, List.of(), gpu), T0);
  }

  private static NodeGroupResource group() {
    NodeGroupResource resource = new NodeGroupResource();
    resource.setMetadata(new ObjectMetaBuilder().withName("gpu").withGeneration(1L).build());
    return resource;
  }
}
