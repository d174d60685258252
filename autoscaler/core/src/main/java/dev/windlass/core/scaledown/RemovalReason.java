package dev.windlass.core.scaledown;

/** Why a node is removed. */
public enum RemovalReason {
  EMPTY("Empty"),
  UNDERUTILIZED("Underutilized"),
  CONSOLIDATED("Consolidated"),
  UNREADY("Unready"),
  UNREGISTERED("Unregistered"),
  DRIFTED("Drifted"),
  EXPIRED("Expired"),
  FAILED("Failed"),
  INTERRUPTED("Interrupted");

  private final String title;

  RemovalReason(String title) {
    this.title = title;
  }

  /** The word that users read. */
  public String title() {
    return title;
  }
}
