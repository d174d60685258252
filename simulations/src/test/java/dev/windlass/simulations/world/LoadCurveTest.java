package dev.windlass.simulations.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoadCurveTest {
  private static final LoadCurve CURVE = LoadCurve.parse("2m=500m 4m=4500m 10m=4500m 10m30s=0");

  @ParameterizedTest
  @CsvSource({
    "0s, 0.5",
    "2m, 0.5",
    "3m, 2.5",
    "4m, 4.5",
    "7m, 4.5",
    "10m15s, 2.25",
    "10m30s, 0",
    "5h, 0",
  })
  void followsItsPointsInStraightLines(String time, double amount) {
    assertThat(CURVE.at(Annotations.parse(time))).isCloseTo(amount, within(1e-9));
  }

  @Test
  void refusesWhatIsNoPoint() {
    assertThatThrownBy(() -> LoadCurve.parse("5m")).hasMessageContaining("TIME=AMOUNT");
    assertThatThrownBy(() -> LoadCurve.parse("soon=4")).isInstanceOf(RuntimeException.class);
  }

  @Test
  void durationsAreWrittenShortOrByIso() {
    assertThat(Annotations.parse("90s")).isEqualTo(Duration.ofSeconds(90));
    assertThat(Annotations.parse("PT1H")).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void lastTurnIsThatOfTheLastLoad() {
    Pod object =
        new PodBuilder()
            .withMetadata(
                new ObjectMetaBuilder()
                    .withAnnotations(
                        Map.of(
                            Annotations.CPU_LOAD,
                            "0m=1 5m=2",
                            Annotations.METRIC_LOAD + "queue",
                            "1m=1 9m=0",
                            Annotations.RUN_FOR,
                            "50m"))
                    .build())
            .build();

    assertThat(Annotations.lastTurn(object)).isEqualTo(Duration.ofMinutes(9));
  }
}
