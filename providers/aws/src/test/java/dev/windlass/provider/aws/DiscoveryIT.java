package dev.windlass.provider.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.CloudFailure.Cause;
import dev.windlass.provider.spi.Discovery.Found;
import dev.windlass.provider.testkit.Fault;
import dev.windlass.provider.testkit.FaultScript.Target;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Finding groups by tags. */
class DiscoveryIT {
  private static final String ENABLED = "k8s.io/cluster-autoscaler/enabled";
  private static final String OF_PROD = "k8s.io/cluster-autoscaler/prod";

  private final Rig rig = Rig.start();

  @BeforeEach
  void addGroups() {
    for (String name : List.of("a", "b", "c")) {
      rig.add(name, List.of(Rig.LARGE));
      rig.aws.alter(name, group -> group.tags.put(ENABLED, "true"));
    }
    rig.aws.alter("a", group -> group.tags.put(OF_PROD, "owned"));
    rig.aws.alter("b", group -> group.tags.put(OF_PROD, "owned"));
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  @Test
  void findsGroupsThatHaveAllTagsPageByPage() {
    List<Found> found = Rig.value(rig.provider.discover("", Map.of(ENABLED, "", OF_PROD, "owned")));

    assertThat(found).extracting(Found::cloudId).containsExactly("a", "b");
    assertThat(found.getFirst())
        .isEqualTo(new Found("a", "us-east-1", 0, 10, Map.of(ENABLED, "true", OF_PROD, "owned")));
    assertThat(rig.calls("DescribeAutoScalingGroups")).isEqualTo(2);
  }

  @Test
  void findsNothingForAnotherValue() {
    assertThat(Rig.value(rig.provider.discover("", Map.of(OF_PROD, "shared")))).isEmpty();
  }

  @Test
  void aPageThatFailsIsNoShorterList() {
    rig.aws
        .faults()
        .after(
            Target.of("DescribeAutoScalingGroups"), 1, 1, new Fault.Refusal(503, "Throttling", ""));

    assertThat(Rig.cause(rig.provider.discover("", Map.of(ENABLED, "true"))))
        .isEqualTo(Cause.THROTTLED);
  }
}
