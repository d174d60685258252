package dev.windlass.core.forecast;

import dev.windlass.core.model.ForecastModel;

/**
 * Tells demand some steps ahead, from the steps before and nothing else.
 *
 * <p>The trend is the least-squares line through the last six steps. The season adds to the last
 * step the change that followed the same step of each earlier season, scaled by how high the last
 * step is compared with theirs, at most doubled or halved.
 */
final class Forecaster {
  private static final int LINE = 6;
  private static final double MIDDLE = (LINE - 1) / 2.0;

  /** The sum of squared distances of six equal steps from their middle. */
  private static final double SPREAD = 17.5;

  private final int[] demand;
  private final int season;

  /**
   * A forecaster.
   *
   * @param demand replicas in steps, oldest first
   * @param season how many steps a season has
   */
  Forecaster(int[] demand, int season) {
    this.demand = demand;
    this.season = season;
  }

  /** The first step at whose end a forecast can be made: a season lies before its line. */
  static int firstStep(int season) {
    return season + LINE - 1;
  }

  /**
   * The most replicas that any of the next steps needs, as far as the history up to a step tells. A
   * tenth of a replica is not worth a whole one.
   *
   * @param made the step at whose end the forecast is made
   * @param horizon how many steps ahead
   */
  int highest(ForecastModel model, int made, int horizon) {
    double most = 0;
    for (int ahead = 1; ahead <= horizon; ahead++) {
      most = Math.max(most, at(model, made, ahead));
    }
    return (int) Math.ceil(most - 0.1);
  }

  /** The demand some steps ahead, in replicas and fractions of one. */
  double at(ForecastModel model, int made, int ahead) {
    return switch (model) {
      case TREND -> line(made, ahead);
      case SEASON -> seasonal(made, ahead);
      case BOTH -> (line(made, ahead) + seasonal(made, ahead)) / 2;
    };
  }

  private double line(int made, int ahead) {
    double sum = 0;
    double slope = 0;
    for (int i = 0; i < LINE; i++) {
      int each = demand[made - LINE + 1 + i];
      sum += each;
      slope += (i - MIDDLE) * each;
    }
    return sum / LINE + slope / SPREAD * (LINE - 1 - MIDDLE + ahead);
  }

  private double seasonal(int made, int ahead) {
    double then = 0;
    double later = 0;
    int seasons = 0;
    for (int back = season; back <= made; back += season) {
      then += demand[made - back];
      later += demand[made + ahead - back];
      seasons++;
    }
    double level = then == 0 ? 1 : Math.clamp(demand[made] * seasons / then, 0.5, 2.0);
    return demand[made] + (later - then) / seasons * level;
  }
}
