package dev.windlass.daemon.resource;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/**
 * The spec of a GpuStack, field by field as users write it. The API server fills in no default of
 * what {@link GpuStackVersion} tells apart, so that a new default upgrades no node.
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record GpuStackSpec(
    @JsonPropertyDescription("The kernel driver.") @Nullable Driver driver,
    @JsonPropertyDescription("What the container runtime is told.")
        @Nullable ContainerRuntime runtime,
    @JsonPropertyDescription("How devices are advertised.") @Nullable DevicePlugin devicePlugin,
    @JsonPropertyDescription("The workload that proves that every device works.")
        @Nullable Validation validation,
    @JsonPropertyDescription("How long each phase may take.") @Nullable Deadlines deadlines,
    @JsonPropertyDescription("How many machines may be tried for one that failed; 3 when absent.")
        @Min(1)
        @Max(10)
        @Default("3")
        @Nullable Integer maxAttempts,
    @Nullable Health health,
    @Nullable Upgrade upgrade,
    @Nullable Exporter exporter) {
  private static final String IMAGE_BY_DIGEST = "^[^@\\s]+@sha256:[0-9a-f]{64}$";

  /** Everything as usual. */
  public static final GpuStackSpec DEFAULT =
      new GpuStackSpec(null, null, null, null, null, null, null, null, null);

  /** NVIDIA's DCGM exporter on each node. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Exporter(
      @JsonPropertyDescription("Whether it runs; false when absent.") @Nullable Boolean enabled) {}

  /** The kernel driver. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Driver(
      @JsonPropertyDescription(
              "Preinstalled: the machine image has it; Container: a container installs it; Host:"
                  + " the node's agent installs packages. Preinstalled when absent.")
          @Nullable DriverSource source,
      @JsonPropertyDescription("Driver branch, for instance 580; chosen by GPU when absent.")
          @Pattern("^[0-9]{3}$")
          @Nullable String branch,
      @JsonPropertyDescription("Exact version, for instance 580.178.04; wins over the branch.")
          @Pattern("^[0-9]{3}\\.[0-9]{1,3}(\\.[0-9]{1,3})?$")
          @Nullable String version,
      @JsonPropertyDescription(
              "Suffix of the driver image's tag, for source Container; when absent, each node's own"
                  + " release of Ubuntu.")
          @Pattern("^[a-z0-9.]{1,40}$")
          @Nullable String operatingSystem,
      @JsonPropertyDescription("Which kernel modules; Auto chooses by GPU and is the default.")
          @Nullable KernelModule kernelModule,
      @JsonPropertyDescription(
              "Whether a module may be compiled on the node where none is prebuilt; false when"
                  + " absent, but true for source Container while no kernel is named.")
          @Nullable Boolean compile,
      @JsonPropertyDescription(
              "Kernel of the machine image as uname -r prints it, for source Container: its"
                  + " precompiled modules are used.")
          @Pattern("^[0-9][0-9a-zA-Z.+_-]{0,79}$")
          @Nullable String kernel,
      @JsonPropertyDescription(
              "The driver container's image, pinned by digest; the public one of the version, which"
                  + " is not pinned, when absent.")
          @Pattern(IMAGE_BY_DIGEST)
          @Nullable String image) {}

  /** Where the driver comes from. */
  public enum DriverSource {
    Preinstalled,
    Container,
    Host
  }

  /** Which kernel modules. */
  public enum KernelModule {
    Auto,
    Open,
    Proprietary
  }

  /** What the container runtime is told. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record ContainerRuntime(
      @JsonPropertyDescription("Hand devices over by CDI; true when absent.") @Nullable Boolean cdi,
      @JsonPropertyDescription("RuntimeClass that is made; nvidia when absent.")
          @Nullable String runtimeClass,
      @JsonPropertyDescription(
              "Toolkit: NVIDIA's toolkit container; Agent: the node's agent, by packages and a"
                  + " merge of the configuration. Toolkit when absent.")
          @Nullable Configurer configuredBy) {}

  /** Who installs NVIDIA's runtime and tells the container runtime of it. */
  public enum Configurer {
    Toolkit,
    Agent
  }

  /** How devices are advertised. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record DevicePlugin(
      @Nullable Sharing sharing,
      @Nullable Mig mig,
      @JsonPropertyDescription(
              "DevicePlugin: pods ask for an extended resource; DynamicResources: pods claim"
                  + " devices of class gpu.nvidia.com or mig.nvidia.com. DevicePlugin when absent.")
          @Nullable Mode mode) {}

  /** How pods get devices. */
  public enum Mode {
    DevicePlugin,
    DynamicResources
  }

  /** How one device serves several pods. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  @ValidationRule(
      value =
          "!has(self.strategy) || self.strategy == 'Exclusive'"
              + " || (has(self.replicas) && self.replicas >= 2)",
      message = "TimeSlicing and MPS need replicas of at least 2")
  public record Sharing(
      @JsonPropertyDescription("Exclusive when absent.") @Default("Exclusive")
          @Nullable SharingStrategy strategy,
      @JsonPropertyDescription("Into how many each device is shared.") @Min(1) @Max(48)
          @Nullable Integer replicas) {}

  /** How one device serves several pods. */
  public enum SharingStrategy {
    Exclusive,
    TimeSlicing,
    MPS
  }

  /** How devices are partitioned. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  @ValidationRule(
      value = "!has(self.strategy) || self.strategy == 'None' || has(self.profile)",
      message = "a MIG strategy needs a profile")
  public record Mig(
      @JsonPropertyDescription("None when absent.") @Nullable MigStrategy strategy,
      @JsonPropertyDescription("One profile on every device, for instance all-1g.10gb.")
          @Pattern("^all-[1-7]g\\.[0-9]{1,3}gb$")
          @Nullable String profile) {}

  /** How partitions are advertised. */
  public enum MigStrategy {
    None,
    Single,
    Mixed
  }

  /** The workload that proves that every device works. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Validation(
      @JsonPropertyDescription("Whether it runs; true when absent.") @Default("true")
          @Nullable Boolean enabled,
      @JsonPropertyDescription("Its image, pinned by digest; a public one when absent.")
          @Pattern(IMAGE_BY_DIGEST)
          @Nullable String image) {}

  /** How devices in trouble are repaired. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Health(
      @JsonPropertyDescription(
              "Whether nodes are reset, booted and replaced; isolated they are always. True when"
                  + " absent.")
          @Nullable Boolean repair,
      @JsonPropertyDescription(
              "Nodes of a group that are emptied and repaired at a time; 1 when absent.")
          @Min(1)
          @Max(100)
          @Nullable Integer maxRepairs,
      @JsonPropertyDescription("How long a repaired node must be without trouble; 10m when absent.")
          @Pattern(Texts.DURATION)
          @Nullable String quiet) {}

  /** How nodes follow a change of driver, runtime or partitions. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Upgrade(
      @JsonPropertyDescription(
              "Nodes of a group that are replaced at a time; 0 replaces none. 1 when absent.")
          @Min(0)
          @Max(100)
          @Nullable Integer maxSurge) {}

  /** How long each phase may take. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Deadlines(
      @Pattern(Texts.DURATION) @Nullable String launching,
      @Pattern(Texts.DURATION) @Nullable String registering,
      @Pattern(Texts.DURATION) @Nullable String driver,
      @Pattern(Texts.DURATION) @Nullable String runtime,
      @Pattern(Texts.DURATION) @Nullable String devicePlugin,
      @Pattern(Texts.DURATION) @Nullable String validating) {}
}
