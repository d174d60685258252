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
 * @param exporter whether devices are measured by NVIDIA's exporter
 */
public record StackSettings(
    GpuStackName name,
    Driver driver,
    ContainerRuntime runtime,
    Plugin plugin,
    Validation validation,
    boolean exporter) {
  /** A stack whose devices are not measured, or by somebody else. */
  public StackSettings(
      GpuStackName name,
      Driver driver,
      ContainerRuntime runtime,
      Plugin plugin,
      Validation validation) {
    this(name, driver, runtime, plugin, validation, false);
  }

  /** A stack with every default: a driver in the machine image, CDI, whole devices. */
  public static StackSettings usual(GpuStackName name) {
    return new StackSettings(
        name, Driver.PREINSTALLED, ContainerRuntime.USUAL, Plugin.EXCLUSIVE, Validation.USUAL);
  }

  /**
   * The kernel driver.
   *
   * @param source who installs it
   * @param wish branch, version and modules
   * @param operatingSystem the suffix of the driver image's tag, for instance {@code ubuntu24.04};
   *     {@link #BY_NODE} for each node's own
   * @param kernel of the machine image, so that a precompiled module is used; null for any
   * @param compile whether modules may be compiled on the node; null when nobody says
   * @param image the driver container's image by digest; null for the public one of that version
   */
  public record Driver(
      Source source,
      DriverWish wish,
      String operatingSystem,
      @Nullable String kernel,
      @Nullable Boolean compile,
      @Nullable String image) {
    /** A driver with a public image. */
    public Driver(
        Source source,
        DriverWish wish,
        String operatingSystem,
        @Nullable String kernel,
        @Nullable Boolean compile) {
      this(source, wish, operatingSystem, kernel, compile, null);
    }

    /** A driver for any kernel. */
    public Driver(Source source, DriverWish wish, String operatingSystem) {
      this(source, wish, operatingSystem, null, null);
    }

    /** Each node gets the image for its system. */
    public static final String BY_NODE = "";

    /** The suffix that is used where neither stack nor node names one. */
    public static final String USUAL_OPERATING_SYSTEM = "ubuntu24.04";

    public static final Driver PREINSTALLED =
        new Driver(Source.PREINSTALLED, DriverWish.NONE, USUAL_OPERATING_SYSTEM);

    /** Who installs the driver. */
    public enum Source {
      PREINSTALLED,
      CONTAINER,
      /** The node's agent, by the distribution's packages or the cloud's own installer. */
      HOST
    }
  }

  /**
   * The container runtime.
   *
   * @param cdi whether devices are handed over by CDI
   * @param runtimeClass the RuntimeClass that is made, and its handler
   * @param configurer who installs NVIDIA's runtime and tells the container runtime of it
   */
  public record ContainerRuntime(boolean cdi, String runtimeClass, Configurer configurer) {
    public static final ContainerRuntime USUAL =
        new ContainerRuntime(true, "nvidia", Configurer.TOOLKIT);

    /** Who configures a runtime. */
    public enum Configurer {
      /** NVIDIA's toolkit container. */
      TOOLKIT,
      /** The node's agent: packages, and the daemon's merge of the configuration. */
      AGENT
    }
  }

  /**
   * The device plugin.
   *
   * @param resource the extended resource
   * @param sharing how one device serves several pods
   * @param mig how devices are partitioned
   * @param dynamic whether a driver of dynamic resource allocation offers the devices instead
   */
  public record Plugin(String resource, Sharing sharing, Mig mig, boolean dynamic) {
    public static final Plugin EXCLUSIVE =
        new Plugin("nvidia.com/gpu", Sharing.EXCLUSIVE, Mig.NONE);

    /** A device plugin. */
    public Plugin(String resource, Sharing sharing, Mig mig) {
      this(resource, sharing, mig, false);
    }

    public Plugin {
      if (dynamic && sharing.strategy() != SharingStrategy.EXCLUSIVE) {
        throw new IllegalArgumentException("devices that are claimed are shared by their claims");
      }
      if (sharing.strategy() == SharingStrategy.MPS && mig.strategy() != MigStrategy.NONE) {
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
  public record Sharing(SharingStrategy strategy, int replicas) {
    public static final Sharing EXCLUSIVE = new Sharing(SharingStrategy.EXCLUSIVE, 1);

    public Sharing {
      if ((strategy == SharingStrategy.EXCLUSIVE) != (replicas == 1) || replicas < 1) {
        throw new IllegalArgumentException(
            strategy + " does not go with " + replicas + " replicas");
      }
    }
  }

  /** How one device serves several pods. */
  public enum SharingStrategy {
    EXCLUSIVE,
    TIME_SLICING,
    MPS
  }

  /**
   * Partitions.
   *
   * @param strategy how they are advertised
   * @param profile the layout, for instance {@code all-1g.10gb}; null without partitions
   */
  public record Mig(MigStrategy strategy, @Nullable String profile) {
    public static final Mig NONE = new Mig(MigStrategy.NONE, null);

    public Mig {
      if ((strategy == MigStrategy.NONE) != (profile == null)) {
        throw new IllegalArgumentException("a MIG strategy and a profile go together");
      }
    }
  }

  /** How partitions are advertised. */
  public enum MigStrategy {
    NONE("none"),
    SINGLE("single"),
    MIXED("mixed");

    private final String flag;

    MigStrategy(String flag) {
      this.flag = flag;
    }

    /** The device plugin's word. */
    public String flag() {
      return flag;
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
