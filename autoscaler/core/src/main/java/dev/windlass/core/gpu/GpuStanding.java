package dev.windlass.core.gpu;

/** What a machine is to whoever counts capacity. */
public enum GpuStanding {
  /** Its group has no GPU stack: it counts like any other machine. */
  NOT_GPU,
  /**
   * It is on its way and inside every deadline, its startup taint still closes it: it counts as
   * upcoming capacity with its template's resources; never as free, never as absent.
   */
  UPCOMING,
  /** It will not become capacity: it failed, or its cloud deletes it. */
  FAILED,
  /** It is open: its Node's allocatable says what it has. */
  READY
}
