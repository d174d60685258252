package dev.windlass.daemon.catalogue;

import dev.windlass.core.model.Price;
import dev.windlass.core.model.Purchase;
import dev.windlass.core.model.Resources;
import org.jspecify.annotations.Nullable;

/**
 * A machine type as a cloud sells it.
 *
 * @param name where and under which name
 * @param architecture {@code amd64} or {@code arm64}
 * @param allocatable what pods may ask for in all, GPUs left out
 * @param gpu its GPUs, or null
 * @param onDemand the list price
 * @param spot the spot price; unknown where no source names one
 */
public record InstanceType(
    Name name,
    String architecture,
    Resources allocatable,
    @Nullable Gpu gpu,
    Price onDemand,
    Price spot) {
  /**
   * Where and under which name a type is sold.
   *
   * @param cloud {@code aws}, {@code azure} or {@code gcp}
   * @param region where the prices hold
   * @param type the cloud's name of the type
   */
  public record Name(String cloud, String region, String type) {}

  /**
   * The GPUs of a machine.
   *
   * @param model {@code nvidia-*}, {@code amd-*}, or {@code accel-*} for what is no GPU
   * @param count whole GPUs that a pod may ask for; a slice counts as one
   * @param memoryMib memory of each, in MiB; that of the whole GPU for a slice; 0 if not known
   */
  public record Gpu(String model, int count, long memoryMib) {
    /** Whether NVIDIA made it. */
    public boolean nvidia() {
      return model.startsWith("nvidia-");
    }
  }

  /** The price under one way of paying. */
  public Price price(Purchase purchase) {
    return switch (purchase) {
      case ON_DEMAND -> onDemand;
      case SPOT -> spot;
    };
  }
}
