package dev.windlass.core.model;

/** What puts a GPU right again, the mildest first. */
public enum GpuRepair {
  /** Nothing is to be done. */
  NONE("None"),
  /** The program that used the device is started again. */
  RESTART("Restart"),
  /** The device is reset, which needs it without users. */
  RESET("Reset"),
  /** The machine is booted again. */
  REBOOT("Reboot"),
  /** Another machine takes its place. */
  REPLACE("Replace");

  private final String title;

  GpuRepair(String title) {
    this.title = title;
  }

  /** The word that users read. */
  public String title() {
    return title;
  }

  /** What is tried when this did not help. */
  public GpuRepair next() {
    return switch (this) {
      case NONE -> NONE;
      case RESTART -> RESET;
      case RESET -> REBOOT;
      case REBOOT, REPLACE -> REPLACE;
    };
  }
}
