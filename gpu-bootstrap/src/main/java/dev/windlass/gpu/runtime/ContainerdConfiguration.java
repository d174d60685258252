package dev.windlass.gpu.runtime;

/**
 * How a node's containerd is configured now.
 *
 * @param version containerd's version
 * @param mainFile the text of its main file; empty where there is none
 * @param effective what {@code containerd config dump} says: the main file, what it imports and all
 *     defaults; empty where nobody asked
 */
public record ContainerdConfiguration(RuntimeVersion version, String mainFile, String effective) {
  /** Whether a drop-in may hold less than the whole CRI section (containerd issue 5837). */
  boolean mergesImportedTables() {
    return version.isAtLeast(2, 1);
  }

  /** Whether containerd itself reads CDI specifications; before, only NVIDIA's runtime does. */
  boolean readsCdi() {
    return version.isAtLeast(1, 7);
  }

  /** containerd 2 migrates version 1 only half: it starts, and warns of unknown keys (2.1.4). */
  boolean ignoresVersion1() {
    return version.isAtLeast(2, 0);
  }

  boolean isEffectiveKnown() {
    return !effective.isBlank();
  }
}
