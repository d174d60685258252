package dev.windlass.simulations.prediction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.Prediction;
import dev.windlass.core.model.Prediction.Mode;
import dev.windlass.core.model.Prediction.Season;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What predictions do on recorded request rates, where new replicas serve after the minutes that a
 * node takes to start. Prints the figures of {@code docs/reference/prediction.md}.
 */
class PredictionOnTracesTest {
  /** From here on a prediction may count: two seasons of its history are over. */
  private static final int TWO_DAYS = 2 * 24 * 60 + 60;

  @ParameterizedTest
  @CsvSource({
    "worldcup98, 200, 5",
    "worldcup98, 200, 10",
    "worldcup98, 200, 20",
    "servegen-m-small, 60, 10",
    "servegen-m-mid, 60, 10",
    "servegen-m-large, 60, 10",
    "servegen-m-large, 60, 20",
  })
  void sparesShortfallWithinItsCost(String trace, int atPeak, int delay) {
    int[] needed = RequestRates.of(trace).replicas(atPeak);
    Prediction prediction = new Prediction(Mode.ACT, Season.DAY, Prediction.USUAL_EXTRA_PERCENT);

    PredictedLoad alone = PredictedLoad.run(needed, TWO_DAYS, delay, (_, need) -> need);
    PredictedLoad predicted =
        PredictedLoad.run(needed, TWO_DAYS, delay, PredictedLoad.predicting(prediction, delay));
    PredictedLoad headroom =
        PredictedLoad.run(needed, TWO_DAYS, delay, (_, need) -> (int) Math.ceil(need * 1.05));

    System.out.printf(
        "%-18s delay %2d min: missing %6.1f replica-hours alone, %6.1f predicted (%3.0f %%),"
            + " %6.1f with 5 %% headroom; taken %7.0f, %+.1f %%, %+.1f %%%n",
        trace,
        delay,
        alone.shortfall(),
        predicted.shortfall(),
        100 * predicted.shortfall() / alone.shortfall(),
        headroom.shortfall(),
        alone.taken(),
        100 * (predicted.taken() / alone.taken() - 1),
        100 * (headroom.taken() / alone.taken() - 1));
    assertThat(predicted.acted()).isPositive();
    assertThat(predicted.shortfall()).isLessThan(0.95 * alone.shortfall());
    assertThat(predicted.taken()).isLessThan(1.09 * alone.taken());
  }
}
