package dev.windlass.daemon.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.gpu.GpuGroup;
import dev.windlass.core.model.NodeGroupName;
import dev.windlass.core.model.NodeName;
import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.model.RememberedHistory;
import dev.windlass.core.model.ReplicaScaler;
import dev.windlass.core.model.ScalerHistory;
import dev.windlass.core.model.TargetRef;
import dev.windlass.core.model.TemplateDrift;
import dev.windlass.core.replicas.ReplicaDecision;
import dev.windlass.daemon.cloud.CloudStanding;
import dev.windlass.daemon.resource.NodeGroupResource;
import dev.windlass.daemon.resource.NodeGroupStatus;
import dev.windlass.daemon.resource.Parsed;
import dev.windlass.daemon.resource.ReplicaScalerMapping;
import dev.windlass.daemon.resource.ReplicaScalerResource;
import dev.windlass.daemon.resource.ReplicaScalerSpec;
import dev.windlass.daemon.resource.ReplicaScalerStatus;
import dev.windlass.provider.spi.GroupView;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class StatusesTest {
  private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
  private static final com.fasterxml.jackson.databind.ObjectMapper FABRIC8 =
      new com.fasterxml.jackson.databind.ObjectMapper();

  @Test
  void writesABadGroupsReasonOnceAndKeepsItsTransitionTime() throws Exception {
    NodeGroupResource group = group();
    NodeGroupStatuses.Known bad =
        new NodeGroupStatuses.Known(null, "maxSize: too small", "", 0, 0, null, List.of(), null);

    Map<String, Object> first = NodeGroupStatuses.patch(group, bad, T0).orElseThrow();
    assertThat(JsonMapper.shared().writeValueAsString(first))
        .contains("\"Accepted\"", "\"False\"", "maxSize: too small", "2026-01-01T00:00:00Z");

    group.setStatus(read(first, NodeGroupStatus.class));
    assertThat(NodeGroupStatuses.patch(group, bad, T0.plusSeconds(60))).isEmpty();

    NodeGroupStatuses.Known more =
        new NodeGroupStatuses.Known(null, "maxSize: too small", "", 2, 1, null, List.of(), null);
    Map<String, Object> second =
        NodeGroupStatuses.patch(group, more, T0.plusSeconds(60)).orElseThrow();
    assertThat(second).containsEntry("nodes", 2).containsEntry("readyNodes", 1);
    assertThat(JsonMapper.shared().writeValueAsString(second)).contains("2026-01-01T00:00:00Z");
  }

  @Test
  void saysInWhatTheFirstRealNodeDiffersFromItsTemplate() {
    List<TemplateDrift> drift = List.of(new TemplateDrift("memory", "16384 MiB", "14336 MiB"));
    NodeGroupStatuses.Known known =
        new NodeGroupStatuses.Known(null, "", "", 1, 1, null, drift, null);

    assertThat(
            JsonMapper.shared()
                .writeValueAsString(NodeGroupStatuses.patch(group(), known, T0).orElseThrow()))
        .contains(
            "\"TemplateMatches\",\"status\":\"False\",\"reason\":\"TemplateDrift\"",
            "memory is described as 16384 MiB and observed as 14336 MiB; what was observed is"
                + " used");
  }

  @ParameterizedTest
  @CsvSource({
    "'', , True, Observed",
    "no permission for DescribeAutoScalingGroups, , False, NotRead",
    "'', RIVAL, False, Rival",
    "'', SUSPENDED, False, Suspended",
    "'', HEALTH, False, Unhealthy",
    "'', CONFIGURATION, False, Configuration"
  })
  void saysWhatTheCloudSaysOfAGroup(
      String trouble, GroupView.Remark.@Nullable Kind kind, String status, String reason) {
    CloudStanding standing =
        new CloudStanding(
            trouble, kind == null ? List.of() : List.of(new GroupView.Remark(kind, "its words")));
    NodeGroupStatuses.Known known =
        new NodeGroupStatuses.Known(null, "", "", 0, 0, standing, List.of(), null);

    Map<String, Object> patch = NodeGroupStatuses.patch(group(), known, T0).orElseThrow();

    String message = !trouble.isEmpty() ? trouble : kind == null ? "describes" : "its words";
    assertThat(patch.get("conditions"))
        .asInstanceOf(InstanceOfAssertFactories.LIST)
        .last()
        .asString()
        .contains("CloudHealthy", "status=" + status, "reason=" + reason, message);
  }

  @Test
  void writesWithAChangeOrWhenAnotherSizeDominatesAtMostOnceAMinute() throws Exception {
    ReplicaScalerResource scaler = writtenScaler(history(2, 9));

    assertThat(patch(scaler, history(2, 9), 3_600)).as("the same, long after").isEmpty();
    assertThat(patch(scaler, history(3, 9), 60)).as("another lowest holds nothing back").isEmpty();
    assertThat(patch(scaler, history(2, 8), 60)).as("another highest").isPresent();
    assertThat(patch(scaler, history(2, 8), 59)).as("too soon").isEmpty();
    assertThat(patch(scaler, decision(history(2, 9), 3, 4), 60)).as("a scale").isPresent();
    assertThat(patch(scaler, decision(history(2, 9), 3, 4), 59)).as("too soon").isEmpty();
  }

  @Test
  void writesTheLowestProposalWhereItHoldsGrowthBack() throws Exception {
    ReplicaScalerResource scaler = writtenScaler(history(2, 9));
    remembered(scaler);
    assertThat(patch(scaler, history(3, 9), 60)).isEmpty();
    scaler.setSpec(
        FABRIC8.readValue(
            "{\"maxReplicas\": 10, \"behavior\":"
                + " {\"scaleUp\": {\"stabilizationWindowSeconds\": 60}}}",
            ReplicaScalerSpec.class));

    assertThat(patch(scaler, history(3, 9), 60)).isPresent();
  }

  @Test
  void aChangeIsNoNewsWhenItHasHappened() throws Exception {
    ReplicaScalerResource scaler = writtenScaler(history(2, 9));
    scaler.setStatus(
        read(
            patch(scaler, decision(history(2, 9), 3, 4), 60).orElseThrow(),
            ReplicaScalerStatus.class));

    assertThat(patch(scaler, decision(history(2, 9), 4, 4), 180)).isEmpty();
    assertThat(patch(scaler, decision(history(2, 9), 3, 3), 180)).as("refused").isPresent();
  }

  @Test
  void writesAtOnceThatTheTargetWasBroughtToZero() throws Exception {
    ReplicaScalerResource scaler = writtenScaler(history(2, 9));
    ScalerHistory asleep = new ScalerHistory(List.of(), List.of(), true, null);

    assertThat(patch(scaler, asleep, 1)).isPresent();
  }

  @Test
  void writesAtOnceWhatAPersonChanged() throws Exception {
    ReplicaScalerResource scaler = writtenScaler(history(2, 9));
    scaler.getMetadata().setGeneration(2L);

    assertThat(patch(scaler, history(2, 9), 1)).isPresent();
  }

  @Test
  void removesTheTimeOfAChangeThatNeverHappened() throws Exception {
    ScalerHistory changed =
        new ScalerHistory(List.of(), List.of(new ScalerHistory.ScaleEvent(T0, 2)), false, T0);
    ReplicaScalerResource scaler = writtenScaler(changed);
    ScalerHistory taken = new ScalerHistory(List.of(), List.of(), false, null);

    Map<String, Object> fields = patch(scaler, taken, 60).orElseThrow();
    assertThat(fields).containsEntry("lastScaleTime", null);

    scaler.setStatus(read(fields, ReplicaScalerStatus.class));
    assertThat(patch(scaler, taken, 180)).as("once is enough").isEmpty();
  }

  @Test
  void restartFindsTheWindowsAgainAndThatItBroughtTheTargetToZero() throws Exception {
    ScalerHistory before =
        new ScalerHistory(
            List.of(
                new ScalerHistory.Recommendation(T0, 2), new ScalerHistory.Recommendation(T0, 9)),
            List.of(new ScalerHistory.ScaleEvent(T0, -3, T0.minusSeconds(9))),
            true,
            T0,
            null,
            Map.of(
                1,
                new ScalerHistory.MetricMemory(
                    new ScalerHistory.Recommendation(T0, 4),
                    new ScalerHistory.Outage(T0.plusSeconds(5), 7))));

    assertThat(remembered(writtenScaler(before))).isEqualTo(new RememberedHistory(before, T0, 3));
  }

  @Test
  void keepsScaledToZeroWhileTheSpecIsBad() throws Exception {
    ReplicaScalerResource scaler =
        writtenScaler(new ScalerHistory(List.of(), List.of(), true, null));

    Map<String, Object> fields =
        ReplicaScalerStatuses.patch(scaler, null, "maxReplicas: too small", T0).orElseThrow();
    ReplicaScalerStatus status = read(fields, ReplicaScalerStatus.class);
    scaler.setStatus(status);

    assertThat(status.conditions())
        .extracting(each -> each.getType() + "=" + each.getStatus())
        .containsExactly("Accepted=False", "ScaledToZero=True");
    assertThat(ReplicaScalerStatuses.patch(scaler, null, "maxReplicas: too small", T0)).isEmpty();
  }

  private static ScalerHistory history(int lowest, int highest) {
    return new ScalerHistory(
        List.of(
            new ScalerHistory.Recommendation(T0, lowest),
            new ScalerHistory.Recommendation(T0, highest)),
        List.of(),
        false,
        null);
  }

  private static ReplicaScalerResource writtenScaler(ScalerHistory history) throws Exception {
    ReplicaScalerResource scaler = new ReplicaScalerResource();
    scaler.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace("default")
            .withName("web")
            .withGeneration(1L)
            .build());
    scaler.setStatus(read(patch(scaler, history, 0).orElseThrow(), ReplicaScalerStatus.class));
    return scaler;
  }

  private static RememberedHistory remembered(ReplicaScalerResource scaler) throws Exception {
    scaler.setSpec(
        FABRIC8.readValue(
            "{\"scaleTargetRef\": {\"kind\": \"Deployment\", \"name\": \"web\"},"
                + " \"maxReplicas\": 10}",
            ReplicaScalerSpec.class));
    return ((Parsed.Ok<ReplicaScaler>) ReplicaScalerMapping.parse(scaler))
        .value()
        .settings()
        .remembered();
  }

  private static Optional<Map<String, Object>> patch(
      ReplicaScalerResource scaler, ScalerHistory history, long seconds) {
    return patch(scaler, decision(history, 3, 3), seconds);
  }

  private static Optional<Map<String, Object>> patch(
      ReplicaScalerResource scaler, ReplicaDecision decision, long seconds) {
    return ReplicaScalerStatuses.patch(scaler, decision, "", T0.plusSeconds(seconds));
  }

  private static ReplicaDecision decision(ScalerHistory history, int current, int desired) {
    ObjectKey key = new ObjectKey("default", "web");
    return new ReplicaDecision(
        key,
        new TargetRef("apps/v1", "Deployment", key),
        new ReplicaDecision.Size(current, desired),
        List.of(),
        new ReplicaDecision.Verdict(null, "cpu", List.of()),
        history);
  }

  private static <T> T read(Map<String, Object> fields, Class<T> type) throws Exception {
    return FABRIC8.readValue(JsonMapper.shared().writeValueAsString(new HashMap<>(fields)), type);
  }

  @Test
  void tellsTheLineToAddWhenNodesComeWithoutTheirStartupTaint() {
    GpuGroup gpu =
        new GpuGroup(
            new NodeGroupName("gpu"),
            new NodeName("n-1"),
            GpuGroup.BY_DAEMON,
            List.of(new ObjectKey("logs", "agent")),
            List.of("gpu.8x: L4 has no MIG profile 1g.10gb"),
            List.of());

    Map<String, Object> written =
        NodeGroupStatuses.patch(
                group(), new NodeGroupStatuses.Known(null, "", "", 1, 0, null, List.of(), gpu), T0)
            .orElseThrow();

    assertThat(JsonMapper.shared().writeValueAsString(written))
        .contains(
            "StartupTaintMissing",
            "TaintedLate",
            "n-1",
            "--register-with-taints=windlass.dev/gpu-not-ready:NoSchedule",
            "StartupTaintTolerated",
            "logs/agent",
            "GpuStackFits",
            "gpu.8x: L4 has no MIG profile 1g.10gb");
  }

  private static NodeGroupResource group() {
    NodeGroupResource group = new NodeGroupResource();
    group.setMetadata(new ObjectMetaBuilder().withName("g").withGeneration(1L).build());
    return group;
  }
}
