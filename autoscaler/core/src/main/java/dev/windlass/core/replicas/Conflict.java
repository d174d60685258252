package dev.windlass.core.replicas;

/**
 * What stops a scaler: somebody else who scales its target, or who counts its pods.
 *
 * @param message one sentence
 * @param ofTarget whether somebody else scales the target, so that not even its bounds may be
 *     mended
 */
record Conflict(String message, boolean ofTarget) {
  static final Conflict NONE = new Conflict("", false);

  boolean exists() {
    return !message.isEmpty();
  }
}
