package dev.windlass.simulations.benchmark;

import java.util.stream.DoubleStream;

/** The least, the middle and the greatest of some figures. */
record Spread(double min, double median, double max) {
  static Spread of(DoubleStream figures) {
    double[] sorted = figures.sorted().toArray();
    return new Spread(sorted[0], sorted[sorted.length / 2], sorted[sorted.length - 1]);
  }
}
