package dev.windlass.simulations.benchmark;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How the time of a decision grows with one size of the cluster.
 *
 * @param size what is counted
 * @param millis the median time at each value
 */
record Growth(String size, TreeMap<Integer, Double> millis) {
  /** What the row {@code large} has of each size. */
  private static final Map<String, Integer> MIDDLE =
      Map.of("pending", 100_000, "nodes", 15_000, "groups", 200, "shapes", 2_000);

  /** The sizes with at least two values. */
  static List<Growth> of(List<Measurement> all) {
    SortedMap<String, TreeMap<Integer, Double>> bySize = new TreeMap<>();
    for (Measurement each : all) {
      String name = each.row().name();
      double median = each.millis().median();
      if (name.equals(Rows.LARGE_NAME)) {
        MIDDLE.forEach(
            (size, value) -> bySize.computeIfAbsent(size, _ -> new TreeMap<>()).put(value, median));
      } else if (name.startsWith(Rows.GROWTH)) {
        int dash = name.lastIndexOf('-');
        bySize
            .computeIfAbsent(name.substring(Rows.GROWTH.length(), dash), _ -> new TreeMap<>())
            .put(Integer.valueOf(name.substring(dash + 1)), median);
      }
    }
    List<Growth> sizes = new ArrayList<>();
    bySize.forEach((size, millis) -> {
      if (millis.size() > 1) {
        sizes.add(new Growth(size, millis));
      }
    });
    return sizes;
  }

  /** The power of the size with which the time grows, between the first and the last value. */
  double exponent() {
    Map.Entry<Integer, Double> first = millis.firstEntry();
    Map.Entry<Integer, Double> last = millis.lastEntry();
    return Math.log(last.getValue() / first.getValue())
        / Math.log((double) last.getKey() / first.getKey());
  }

  /** The size that matters most. */
  static Growth dominating(List<Growth> sizes) {
    return sizes.stream().max(Comparator.comparingDouble(Growth::exponent)).orElseThrow();
  }

  String points() {
    return String.join(
        ", ",
        millis.entrySet().stream()
            .map(each -> String.format(Locale.ROOT, "%,d: %,.0f", each.getKey(), each.getValue()))
            .toList());
  }
}
