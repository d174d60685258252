package dev.windlass.gpu.catalogue;

/**
 * A generation of GPUs, oldest first, with what it demands of the driver. Source: the open kernel
 * modules' list of devices and the driver branches' release notes, as of 2026-09.
 */
public enum GpuArchitecture {
  MAXWELL(Modules.PROPRIETARY_ONLY, 580),
  PASCAL(Modules.PROPRIETARY_ONLY, 580),
  VOLTA(Modules.PROPRIETARY_ONLY, 580),
  TURING(Modules.EITHER, Integer.MAX_VALUE),
  AMPERE(Modules.EITHER, Integer.MAX_VALUE),
  ADA(Modules.EITHER, Integer.MAX_VALUE),
  HOPPER(Modules.EITHER, Integer.MAX_VALUE),
  BLACKWELL(Modules.OPEN_ONLY, Integer.MAX_VALUE);

  private final Modules modules;
  private final int lastBranch;

  GpuArchitecture(Modules modules, int lastBranch) {
    this.modules = modules;
    this.lastBranch = lastBranch;
  }

  /** Which kernel modules drive it. */
  public Modules modules() {
    return modules;
  }

  /** The last driver branch that drives it; the largest number while there is none. */
  public int lastBranch() {
    return lastBranch;
  }

  /** Which kernel modules drive a generation. */
  public enum Modules {
    PROPRIETARY_ONLY,
    EITHER,
    OPEN_ONLY
  }
}
