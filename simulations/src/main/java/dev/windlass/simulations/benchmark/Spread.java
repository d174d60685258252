package dev.windlass.simulations.benchmark;

import java.util.stream.DoubleStream;

/** The least, the middle, the mean and the greatest of some figures. */
record Spread(double min, double median, double mean, double max) {
  static Spread of(DoubleStream figures) {
    double[] sorted = figures.sorted().toArray();
    return new Spread(
        sorted[0],
        sorted[sorted.length / 2],
        DoubleStream.of(sorted).average().orElseThrow(),
        sorted[sorted.length - 1]);
  }
}
