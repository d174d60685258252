package dev.windlass.provider.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.core.model.CloudFailure.Cause;
import dev.windlass.provider.spi.CallBudget;
import dev.windlass.provider.spi.CloudProvider;
import dev.windlass.provider.spi.CloudProviderFactory;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AwsSettingsTest {
  private static CloudProviderFactory factory() {
    return ServiceLoader.load(CloudProviderFactory.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(each -> each.kind().equals("aws"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void isFoundByItsKindAndNeedsNoSettings() {
    try (CloudProvider provider = factory().create(Map.of(), CallBudget.UNLIMITED)) {
      assertThat(Rig.cause(provider.observe(Rig.WEB))).isEqualTo(Cause.CONFIG);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "regoin, us-east-1, regoin",
    "timeout, 5s, PT10S",
    "timeout, PT0S, positive",
    "endpoint, localhost, scheme"
  })
  void namesWhatIsWrong(String setting, String value, String named) {
    assertThatThrownBy(() -> factory().create(Map.of(setting, value), CallBudget.UNLIMITED))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(named);
  }
}
