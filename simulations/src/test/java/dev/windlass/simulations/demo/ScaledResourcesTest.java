package dev.windlass.simulations.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.Policy;
import dev.windlass.simulations.world.Pace;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ScaledResourcesTest {
  private final ScaledResources scaled = new ScaledResources(new Pace(Instant.EPOCH, 60));

  @Test
  void waitingPeriodsAreDividedAndStalenessIsNot() {
    Policy policy = scaled.policy(Policy.DEFAULT);

    assertThat(policy.scaleDown().unneededTime()).isEqualTo(Duration.ofSeconds(10));
    assertThat(policy.replicas().syncPeriod()).isEqualTo(Duration.ofMillis(250));
    assertThat(policy.staleness()).isEqualTo(Policy.DEFAULT.staleness());
  }

  @Test
  void deadlinesOfResourcesAreDividedButLeaveABusyMachineTime() {
    HasMetadata stack =
        Scenario.morning().initial().stream()
            .filter(object -> object.getKind().equals("GpuStack"))
            .findFirst()
            .orElseThrow();

    GenericKubernetesResource changed = (GenericKubernetesResource) scaled.object(stack);

    assertThat(changed.<String>get("spec", "deadlines", "driver")).isEqualTo("25s");
    assertThat(changed.<String>get("spec", "driver", "branch")).isEqualTo("580");
  }

  @Test
  void quantitiesThatLookLikeDurationsStay() {
    HasMetadata group =
        Scenario.morning().initial().stream()
            .filter(object -> object.getMetadata().getName().equals("general"))
            .findFirst()
            .orElseThrow();

    GenericKubernetesResource changed = (GenericKubernetesResource) scaled.object(group);

    assertThat(changed.<String>get("spec", "template", "resources", "cpu")).isEqualTo("3900m");
    assertThat(changed.<String>get("spec", "scaleUp", "provisionTimeout")).isEqualTo("25s");
  }
}
