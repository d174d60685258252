package dev.windlass.core.model;

import java.time.Duration;

/**
 * How a scaler looks ahead of its metrics. A prediction may raise what the metrics ask for and
 * never lowers it.
 *
 * @param mode whether it counts
 * @param season the period after which the load repeats
 * @param maxExtraPercent how many replica-hours more than without it, in percent, it may have cost
 *     on the scaler's own history and still count
 */
public record Prediction(Mode mode, Season season, int maxExtraPercent) {
  /** The extra cost that a prediction may have where the scaler does not say. */
  public static final int USUAL_EXTRA_PERCENT = 5;

  /** How many seasons of demand are kept. */
  public static final int SEASONS = 3;

  public Prediction {
    if (maxExtraPercent < 0 || maxExtraPercent > 100) {
      throw new IllegalArgumentException(
          "a prediction may cost 0 to 100 percent more, not " + maxExtraPercent);
    }
  }

  /** Whether a prediction counts. */
  public enum Mode {
    /** Only its backtest is shown. */
    OBSERVE,
    /** It counts while its backtest says that it helps. */
    ACT
  }

  /** A period after which load repeats, in steps that one demand is kept for. */
  public enum Season {
    DAY(Duration.ofMinutes(5), 288),
    WEEK(Duration.ofMinutes(15), 672);

    private final Duration step;
    private final int steps;

    Season(Duration step, int steps) {
      this.step = step;
      this.steps = steps;
    }

    /** How long one step is. */
    public Duration step() {
      return step;
    }

    /** How many steps a season has. */
    public int steps() {
      return steps;
    }
  }
}
