package dev.windlass.simulations.world;

import io.fabric8.kubernetes.api.model.Quantity;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * A quantity over the world's time: straight lines between the points given, flat outside them.
 *
 * @param points amounts by elapsed time
 */
record LoadCurve(TreeMap<Duration, Double> points) {
  LoadCurve {
    points = new TreeMap<>(points);
    if (points.isEmpty()) {
      throw new IllegalArgumentException("a curve needs a point");
    }
  }

  /** Reads {@code 0m=200m 10m=4 30m=200m}: points with quantities, separated by blanks. */
  static LoadCurve parse(String text) {
    TreeMap<Duration, Double> points = new TreeMap<>();
    for (String point : text.strip().split("\\s+")) {
      String[] parts = point.split("=", 2);
      if (parts.length != 2) {
        throw new IllegalArgumentException("a point of a curve is TIME=AMOUNT, not " + point);
      }
      double amount = new Quantity(parts[1]).getNumericalAmount().doubleValue();
      points.put(Annotations.parse(parts[0]), amount);
    }
    return new LoadCurve(points);
  }

  /** The amount at this time. */
  double at(Duration elapsed) {
    Map.Entry<Duration, Double> before = points.floorEntry(elapsed);
    Map.Entry<Duration, Double> after = points.ceilingEntry(elapsed);
    if (before == null) {
      return points.firstEntry().getValue();
    }
    if (after == null || after.getKey().equals(before.getKey())) {
      return before.getValue();
    }
    double share =
        (double) elapsed.minus(before.getKey()).toNanos()
            / after.getKey().minus(before.getKey()).toNanos();
    return before.getValue() + share * (after.getValue() - before.getValue());
  }
}
