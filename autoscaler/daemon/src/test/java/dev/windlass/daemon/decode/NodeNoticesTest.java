package dev.windlass.daemon.decode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the node problem detector of AKS writes of Azure's scheduled events. */
class NodeNoticesTest {
  private static final String SINCE = "2026-08-01T05:40:30Z";
  private static final String PREEMPT =
      "'Preempt Scheduled: Sat, 01 Aug 2026 05:41:02 GMT. For more information, see docs'";

  @ParameterizedTest
  @CsvSource({
    "VMEventScheduled, True, VMEventScheduled, " + PREEMPT + ", 2026-08-01T05:41:02Z",
    "PreemptionScheduled, True, SpotEvictionIncoming, " + PREEMPT + ", 2026-08-01T05:41:02Z",
    "PreemptScheduled, True, PreemptScheduled, , " + SINCE,
    "VMEventScheduled, True, VMEventScheduled, 'Terminate Scheduled: soon', " + SINCE,
    "VMEventScheduled, True, VMEventScheduled, 'Redeploy Scheduled', " + SINCE,
    "VMEventScheduled, True, VMEventScheduled, 'Freeze Scheduled: Sat, 01 Aug 2026 05:41:02 GMT', ",
    "VMEventScheduled, True, VMEventScheduled, 'Reboot Scheduled', ",
    "VMEventScheduled, False, NoVMEventScheduled, " + PREEMPT + ", ",
    "VMEventScheduled, True, , , ",
    "KernelDeadlock, True, DockerHung, 'Preempt', ",
    "PreemptScheduled, True, x, 'Preempt Scheduled: Sat, 99 Aug 2026 05:41:02 GMT',"
        + " 1970-01-01T00:00:00Z"
  })
  void readsWhenTheMachineGoes(
      String type,
      String status,
      @Nullable String reason,
      @Nullable String message,
      @Nullable Instant end) {
    assertThat(decoded(type, status, reason, message).status().endsAt()).isEqualTo(end);
  }

  @Test
  void aNodeWithoutConditionsStays() {
    assertThat(Manifests.value(NodeDecoder.decode(node().build())).status().endsAt()).isNull();
  }

  private static Node decoded(
      String type, String status, @Nullable String reason, @Nullable String message) {
    return Manifests.value(
        NodeDecoder.decode(
            node()
                .withNewStatus()
                .addNewCondition()
                .withType(type)
                .withStatus(status)
                .withReason(reason)
                .withMessage(message)
                .withLastTransitionTime(SINCE)
                .endCondition()
                .endStatus()
                .build()));
  }

  private static NodeBuilder node() {
    return new NodeBuilder()
        .withNewMetadata()
        .withName("aks-spot-vmss000001")
        .withCreationTimestamp(SINCE)
        .endMetadata();
  }
}
