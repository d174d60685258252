package dev.windlass.gpu.facts;

/**
 * Causes that a node's agent reports, each with what a person can do. The same list is in {@code
 * docs/reference/gpu.md}.
 */
public enum BootstrapCause {
  NO_GPU_FOUND(
      "NoGpuFound",
      "the machine has no device of vendor 10de: check the machine type of the group"),
  UNSUPPORTED_OPERATING_SYSTEM(
      "UnsupportedOperatingSystem",
      "no way to install a driver there: use an image with the driver in it, source Preinstalled"),
  NO_DRIVER_FITS(
      "NoDriverFits", "devices and stack contradict each other: see the message, change the stack"),
  DRIVER_BRANCH_MISSING(
      "DriverBranchMissing",
      "the package source lacks the branch: ask for another one, or add the source to the image"),
  KERNEL_HEADERS_MISSING(
      "KernelHeadersMissing",
      "the package source has no headers of the running kernel: use a newer image, or pin it"),
  DRIVER_INSTALL_FAILED(
      "DriverInstallFailed", "the package manager failed three times: see the message"),
  DRIVER_BUILD_FAILED(
      "DriverBuildFailed",
      "no prebuilt module for this kernel, or a compiler error: allow to compile, or pin the"
          + " kernel"),
  DRIVER_NOT_LOADED("DriverNotLoaded", "the kernel module is not loaded: see the driver pod's log"),
  DRIVER_TOO_OLD(
      "DriverTooOld", "the driver does not know this GPU: ask for a newer branch in the GpuStack"),
  DRIVER_WRONG_MODULES(
      "DriverWrongModules",
      "the GPU needs the other kind of kernel modules: set spec.driver.kernelModule to Auto"),
  DRIVER_MISMATCH(
      "DriverMismatch",
      "kernel module and libraries differ in version: replace the node, do not upgrade in place"),
  NOUVEAU_LOADED(
      "NouveauLoaded", "the nouveau module holds the device: blacklist it in the machine image"),
  DEVICES_MISSING(
      "DevicesMissing", "fewer devices than the machine type promises: replace the machine"),
  FABRIC_NOT_READY(
      "FabricNotReady", "the fabric manager must run and have exactly the driver's version"),
  FABRIC_PACKAGE_MISSING(
      "FabricPackageMissing",
      "the package source lacks what linked GPUs need: add NVIDIA's source to the image"),
  MIG_NOT_APPLIED(
      "MigNotApplied",
      "the partitions differ from the stack's layout: see the partition container"),
  RUNTIME_NOT_CONFIGURED(
      "RuntimeNotConfigured",
      "the container runtime does not import the drop-in: see its main file"),
  TOOLKIT_MISSING(
      "ToolkitMissing",
      "the package source has no nvidia-container-toolkit: add the source to the image"),
  UNKNOWN_TASK("UnknownTask", "the agent's image is older than the daemon: update the chart"),
  RESET_FAILED(
      "ResetFailed",
      "nvidia-smi can't reset the devices, as on most clouds' machines: a boot follows by itself"),
  REBOOT_FAILED(
      "RebootFailed", "the machine was asked to boot and stays up: another one follows by itself"),
  VALIDATION_FAILED("ValidationFailed", "the CUDA sample failed: see the validator pod's log"),
  DEVICE_UNHEALTHY(
      "DeviceUnhealthy", "the driver reports uncorrectable errors: replace the machine");

  private final String title;
  private final String remedy;

  BootstrapCause(String title, String remedy) {
    this.title = title;
    this.remedy = remedy;
  }

  /** The code in GpuNode.status.failure.cause. */
  public String title() {
    return title;
  }

  /** What to do about it. */
  public String remedy() {
    return remedy;
  }
}
