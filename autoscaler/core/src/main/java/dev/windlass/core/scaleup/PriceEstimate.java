package dev.windlass.core.scaleup;

import dev.windlass.core.model.Offering;
import dev.windlass.core.model.Price;
import dev.windlass.core.model.Resources;
import dev.windlass.core.scheduling.PodShape;

/**
 * What a machine is taken to cost where nobody says so: by its size, so that among machines without
 * a price the one that wastes least wins. Rates: about what the three large clouds took for general
 * purpose machines on demand in 2026 (0.035 USD a core, 0.004 USD a GiB, 1 USD a GPU, an hour).
 */
final class PriceEstimate {
  private static final double MICROS_PER_CORE = 35_000;
  private static final double MICROS_PER_GIBIBYTE = 4_000;
  private static final double MICROS_PER_GPU = 1_000_000;
  private static final double GIBIBYTE = 1L << 30;

  private PriceEstimate() {}

  /** Millionths of a US dollar an hour, at least one. */
  static long micros(Offering offering) {
    Price price = offering.price();
    if (price.known()) {
      return Math.max(1, price.microsPerHour());
    }
    return Math.max(1, micros(offering.template().allocatable()));
  }

  /** What a pod's share of a machine would cost: a measure of its size. */
  static long micros(PodShape shape) {
    return micros(shape.requests()) + Math.round(shape.share() / 1000.0 * MICROS_PER_GPU);
  }

  private static long micros(Resources size) {
    return Math.round(
        size.get(Resources.CPU) / 1000.0 * MICROS_PER_CORE
            + size.get(Resources.MEMORY) / GIBIBYTE * MICROS_PER_GIBIBYTE
            + size.get(Resources.NVIDIA_GPU) * MICROS_PER_GPU);
  }
}
