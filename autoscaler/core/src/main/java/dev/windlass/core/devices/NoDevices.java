package dev.windlass.core.devices;

/**
 * Why a pod's claims get no devices on a node.
 *
 * @param cause what is wrong
 * @param message one sentence with the values compared
 */
public record NoDevices(Cause cause, String message) {
  /** What is wrong. */
  public enum Cause {
    /** What was written is not valid. */
    INVALID,
    /** A claim, its template or its class is missing, in use or bound to other nodes. */
    CLAIM,
    /** The node has not the devices. */
    DEVICES
  }

  static NoDevices claim(String message) {
    return new NoDevices(Cause.CLAIM, message);
  }

  static NoDevices devices(String message) {
    return new NoDevices(Cause.DEVICES, message);
  }
}
