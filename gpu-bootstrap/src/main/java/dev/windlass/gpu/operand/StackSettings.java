package dev.windlass.gpu.operand;

import dev.windlass.core.model.GpuStackName;
import dev.windlass.gpu.driver.DriverWish;
import org.jspecify.annotations.Nullable;

/**
 * What a GpuStack says of its operands.
 *
 * @param name the stack's name
 * @param driver where the driver comes from
 * @param runtime what the container runtime is told
 * @param plugin how devices are advertised
 * @param validation the workload that proves that every device works
 */
public record StackSettings(
    GpuStackName name, Driver driver, Runtime runtime, Plugin plugin, Validation validation) {
  /** A stack with every default: a driver in the machine image, CDI, whole devices. */
  public static StackSettings usual(GpuStackName name) {
    return new StackSettings(
        name, Driver.PREINSTALLED, Runtime.USUAL, Plugin.EXCLUSIVE, Validation.USUAL);
  }

  /**
   * The kernel driver.
   *
   * @param source who installs it
   * @param wish branch, version and modules
   * @param operatingSystem the suffix of the driver image's tag, for instance {@code ubuntu24.04}
   */
  public record Driver(Source source, DriverWish wish, String operatingSystem) {
    /** The suffix that is used where a stack names none. */
    public static final String USUAL_OPERATING_SYSTEM = "ubuntu24.04";

    public static final Driver PREINSTALLED =
        new Driver(Source.PREINSTALLED, DriverWish.NONE, USUAL_OPERATING_SYSTEM);

    /** Who installs the driver. */
    public enum Source {
      PREINSTALLED,
      CONTAINER
    }
  }

  /**
   * The container runtime.
   *
   * @param cdi whether devices are handed over by CDI
   * @param runtimeClass the RuntimeClass that is made, and its handler
   */
  public record Runtime(boolean cdi, String runtimeClass) {
    public static final Runtime USUAL = new Runtime(true, "nvidia");
  }

  /**
   * The device plugin.
   *
   * @param resource the extended resource
   * @param sharing how one device serves several pods
   * @param mig how devices are partitioned
   */
  public record Plugin(String resource, Sharing sharing, Mig mig) {
    public static final Plugin EXCLUSIVE =
        new Plugin("nvidia.com/gpu", Sharing.EXCLUSIVE, Mig.NONE);

    public Plugin {
      if (sharing.strategy() == Sharing.Strategy.MPS && mig.strategy() != Mig.Strategy.NONE) {
        throw new IllegalArgumentException("MPS shares whole devices only, not MIG partitions");
      }
    }
  }

  /**
   * Sharing.
   *
   * @param strategy how
   * @param replicas into how many each device is shared; 1 for exclusive use
   */
  public record Sharing(Strategy strategy, int replicas) {
    public static final Sharing EXCLUSIVE = new Sharing(Strategy.EXCLUSIVE, 1);

    public Sharing {
      if ((strategy == Strategy.EXCLUSIVE) != (replicas == 1) || replicas < 1) {
        throw new IllegalArgumentException(
            strategy + " does not go with " + replicas + " replicas");
      }
    }

    /** How one device serves several pods. */
    public enum Strategy {
      EXCLUSIVE,
      TIME_SLICING,
      MPS
    }
  }

  /**
   * Partitions.
   *
   * @param strategy how they are advertised
   * @param profile the layout, for instance {@code all-1g.10gb}; null without partitions
   */
  public record Mig(Strategy strategy, @Nullable String profile) {
    public static final Mig NONE = new Mig(Strategy.NONE, null);

    public Mig {
      if ((strategy == Strategy.NONE) != (profile == null)) {
        throw new IllegalArgumentException("a MIG strategy and a profile go together");
      }
    }

    /** How partitions are advertised. */
    public enum Strategy {
      NONE("none"),
      SINGLE("single"),
      MIXED("mixed");

      private final String flag;

      Strategy(String flag) {
        this.flag = flag;
      }

      /** The device plugin's word. */
      public String flag() {
        return flag;
      }
    }
  }

  /**
   * Validation.
   *
   * @param enabled whether a workload runs before the node opens
   * @param image an image with a shell, nvidia-smi injected and {@code /cuda-samples/vectorAdd}
   */
  public record Validation(boolean enabled, String image) {
    public static final Validation USUAL = new Validation(true, OperandImages.VALIDATION);
  }
}
