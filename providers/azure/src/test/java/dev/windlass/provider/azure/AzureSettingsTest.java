package dev.windlass.provider.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.provider.spi.CloudProviderFactory;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AzureSettingsTest {
  @Test
  void fillsInWhatIsUsual() {
    AzureSettings settings = AzureSettings.of(Map.of("subscription", "s"));

    assertThat(settings.endpoint()).isEqualTo(URI.create("https://management.azure.com"));
    assertThat(settings.prices()).isEqualTo(URI.create("https://prices.azure.com"));
    assertThat(settings.timeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(settings.region()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "timeout, soon, no ISO 8601 duration",
    "timeout, PT0S, must be positive",
    "endpoint, nowhere, no address",
    "prices, ':', no address",
    "regoin, eastus, knows the settings",
    "subscription, '', needs the setting subscription"
  })
  void refusesWhatIsMalformed(String name, String value, String message) {
    Map<String, String> settings = new HashMap<>(Map.of("subscription", "s"));
    settings.put(name, value);

    assertThatThrownBy(() -> AzureSettings.of(settings)).hasMessageContaining(message);
  }

  @Test
  void isFoundByItsKind() {
    assertThat(ServiceLoader.load(CloudProviderFactory.class))
        .extracting(CloudProviderFactory::kind)
        .containsExactly("azure");
  }
}
