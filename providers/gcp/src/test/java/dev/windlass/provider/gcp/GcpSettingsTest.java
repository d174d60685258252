package dev.windlass.provider.gcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.provider.spi.CallBudget;
import dev.windlass.provider.spi.CloudProvider;
import dev.windlass.provider.spi.CloudProviderFactory;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings are read with their defaults, and what is wrong with them is told. */
class GcpSettingsTest {
  @Test
  void everySettingIsOptional() {
    assertThat(GcpSettings.of(Map.of()))
        .isEqualTo(
            new GcpSettings(
                "", "", Optional.empty(), false, Duration.ofSeconds(10), Duration.ofMinutes(1)));
  }

  @Test
  void everySettingIsRead() {
    assertThat(
            GcpSettings.of(
                Map.of(
                    "project", "acme",
                    "cluster", "acme/us-central1/main",
                    "endpoint", "http://127.0.0.1:1",
                    "credentials", "none",
                    "timeout", "PT3S",
                    "relist", "PT2M")))
        .isEqualTo(
            new GcpSettings(
                "acme",
                "acme/us-central1/main",
                Optional.of(URI.create("http://127.0.0.1:1")),
                true,
                Duration.ofSeconds(3),
                Duration.ofMinutes(2)));
  }

  @ParameterizedTest
  @CsvSource({
    "region, us-central1, not [region]",
    "timeout, soon, no ISO 8601 duration",
    "timeout, PT0S, not negative",
    "credentials, mine, default or none",
    "cluster, main, PROJECT/LOCATION/NAME"
  })
  void wrongSettingsAreTold(String name, String value, String told) {
    assertThatThrownBy(() -> GcpSettings.of(Map.of(name, value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(told);
  }

  @Test
  void theProviderIsFoundByItsName() {
    CloudProviderFactory factory =
        ServiceLoader.load(CloudProviderFactory.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(it -> it.kind().equals("gcp"))
            .findFirst()
            .orElseThrow();

    try (CloudProvider provider =
        factory.create(Map.of("credentials", "none"), CallBudget.UNLIMITED)) {
      assertThat(provider).isInstanceOf(GcpProvider.class);
    }
  }
}
