package dev.windlass.daemon.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.provider.spi.CallRate;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rates of every provider on the class path, and those that a person sets. */
class CallRatesTest {
  @ParameterizedTest
  @CsvSource({
    "DescribeInstances, 20/s",
    "VirtualMachineScaleSetVMs_List, 360/min",
    "VirtualMachineScaleSets_Update, 500/min",
    "VirtualMachineScaleSets_DeleteInstances, 175/min",
    "VirtualMachineScaleSets_Get, 800/min",
    "VirtualMachines_List, 300/min",
    "Operations_Get, 5000/min",
    "instances.list, 1500/min",
    "instanceGroupManagers.aggregatedList, 1500/min",
    "describe, 20/s"
  })
  void areThoseThatCloudsDocument(String method, String rate) {
    assertThat(CallRates.discover(Map.of()).of(method)).isEqualTo(CallRate.parse(rate));
  }

  @Test
  void giveWayToTheConfiguration() {
    Map<String, String> settings = Map.of("rate.DescribeInstances", "2/min", "region", "eu");
    CallRates rates = CallRates.discover(Map.of("aws", settings));

    assertThat(rates.of("DescribeInstances")).isEqualTo(CallRate.perMinute(2));
    assertThat(rates.of("DescribeImages")).isEqualTo(CallRate.perSecond(20));
    assertThat(CallRates.without(settings)).isEqualTo(Map.of("region", "eu"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "fast", "0/s", "-1/min", "20", "20/h", "9999999/s"})
  void nameWhatIsMalformed(String rate) {
    assertThatThrownBy(() -> CallRates.discover(Map.of("gcp", Map.of("rate.instances.list", rate))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("providers.gcp.rate.instances.list: a rate is like 20/s or 360/min");
  }

  @Test
  void holdEachAccountRegionAndMethodByItself() {
    ResilientCallBudget budget =
        new ResilientCallBudget(
            CallRates.discover(Map.of("azure", Map.of("rate.VirtualMachines_List", "2/min"))));

    assertThat(budget.acquire("a", "west", "VirtualMachines_List")).isTrue();
    assertThat(budget.acquire("a", "west", "VirtualMachines_List")).isTrue();
    assertThat(budget.acquire("a", "west", "VirtualMachines_List")).isFalse();
    assertThat(budget.acquire("a", "east", "VirtualMachines_List")).isTrue();
    assertThat(budget.acquire("b", "west", "VirtualMachines_List")).isTrue();
    assertThat(budget.acquire("a", "west", "VirtualMachineScaleSets_Get")).isTrue();
  }
}
