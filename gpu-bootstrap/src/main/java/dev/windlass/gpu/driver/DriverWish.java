package dev.windlass.gpu.driver;

import dev.windlass.gpu.catalogue.DriverVersion;
import org.jspecify.annotations.Nullable;

/**
 * What a stack says of its driver; null leaves the choice to Windlass.
 *
 * @param branch a driver branch, for instance 580
 * @param version an exact version, which wins over the branch
 * @param module which kernel modules
 */
public record DriverWish(
    @Nullable Integer branch, @Nullable DriverVersion version, @Nullable KernelModule module) {
  /** Everything left to Windlass. */
  public static final DriverWish NONE = new DriverWish(null, null, null);
}
