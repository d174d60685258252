package dev.windlass.core.model;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How much a device has of something.
 *
 * @param amount all of it
 * @param policy what a claim may take when several share the device, or null
 */
public record DeviceCapacity(BigDecimal amount, @Nullable Policy policy) {
  /** An amount that nothing rounds. */
  public static DeviceCapacity of(long amount) {
    return new DeviceCapacity(BigDecimal.valueOf(amount), null);
  }

  /**
   * What a claim may take.
   *
   * @param usual what a request that names no amount takes; null for all
   * @param values the only amounts there are, ascending; empty for any
   * @param range bounds and steps, or null
   */
  public record Policy(@Nullable BigDecimal usual, List<BigDecimal> values, @Nullable Range range) {
    public Policy {
      values = List.copyOf(values);
    }
  }

  /** Amounts from min on, in steps, to max. */
  public record Range(
      @Nullable BigDecimal min, @Nullable BigDecimal max, @Nullable BigDecimal step) {}
}
