package dev.windlass.daemon.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.model.ScalerHistory;
import dev.windlass.core.model.TargetRef;
import dev.windlass.core.replicas.ReplicaDecision;
import dev.windlass.daemon.resource.NodeGroupResource;
import dev.windlass.daemon.resource.NodeGroupStatus;
import dev.windlass.daemon.resource.ReplicaScalerResource;
import dev.windlass.daemon.resource.ReplicaScalerStatus;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class StatusesTest {
  private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
  private static final com.fasterxml.jackson.databind.ObjectMapper FABRIC8 =
      new com.fasterxml.jackson.databind.ObjectMapper();

  @Test
  void writesABadGroupsReasonOnceAndKeepsItsTransitionTime() throws Exception {
    NodeGroupResource group = group();
    NodeGroupStatuses.Known bad = new NodeGroupStatuses.Known(null, "maxSize: too small", 0, 0);

    Map<String, Object> first = NodeGroupStatuses.patch(group, bad, T0).orElseThrow();
    assertThat(JsonMapper.shared().writeValueAsString(first))
        .contains("\"Accepted\"", "\"False\"", "maxSize: too small", "2026-01-01T00:00:00Z");

    group.setStatus(read(first, NodeGroupStatus.class));
    assertThat(NodeGroupStatuses.patch(group, bad, T0.plusSeconds(60))).isEmpty();

    NodeGroupStatuses.Known more = new NodeGroupStatuses.Known(null, "maxSize: too small", 2, 1);
    Map<String, Object> second =
        NodeGroupStatuses.patch(group, more, T0.plusSeconds(60)).orElseThrow();
    assertThat(second).containsEntry("nodes", 2).containsEntry("readyNodes", 1);
    assertThat(JsonMapper.shared().writeValueAsString(second)).contains("2026-01-01T00:00:00Z");
  }

  @Test
  void writesAScalersMemoryWhenItSaysSomethingElseAndOnceAMinute() throws Exception {
    ReplicaScalerResource scaler = new ReplicaScalerResource();
    scaler.setMetadata(new ObjectMetaBuilder().withName("web").withGeneration(1L).build());
    Map<String, Object> first =
        ReplicaScalerStatuses.patch(scaler, decision(3, T0), "", T0).orElseThrow();
    scaler.setStatus(read(first, ReplicaScalerStatus.class));

    assertThat(patch(scaler, 3, 15)).as("the same, a little later").isEmpty();
    assertThat(patch(scaler, 4, 15)).as("another proposal").isPresent();
    assertThat(patch(scaler, 3, 61)).as("the same, a minute later").isPresent();
  }

  private static Optional<Map<String, Object>> patch(
      ReplicaScalerResource scaler, int replicas, long seconds) {
    Instant now = T0.plusSeconds(seconds);
    return ReplicaScalerStatuses.patch(scaler, decision(replicas, now), "", now);
  }

  private static ReplicaDecision decision(int replicas, Instant at) {
    ObjectKey key = new ObjectKey("default", "web");
    return new ReplicaDecision(
        key,
        new TargetRef("apps/v1", "Deployment", key),
        new ReplicaDecision.Size(3, 3),
        List.of(),
        new ReplicaDecision.Verdict(null, "cpu", List.of()),
        new ScalerHistory(
            List.of(new ScalerHistory.Recommendation(at, replicas)), List.of(), false, null));
  }

  private static <T> T read(Map<String, Object> fields, Class<T> type) throws Exception {
    return FABRIC8.readValue(JsonMapper.shared().writeValueAsString(new HashMap<>(fields)), type);
  }

  private static NodeGroupResource group() {
    NodeGroupResource group = new NodeGroupResource();
    group.setMetadata(new ObjectMetaBuilder().withName("g").withGeneration(1L).build());
    return group;
  }
}
