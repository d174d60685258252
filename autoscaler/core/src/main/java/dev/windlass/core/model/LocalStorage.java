package dev.windlass.core.model;

import java.util.Set;

/**
 * Which of a pod's volumes die with its node.
 *
 * @param volumes names of hostPath volumes and of emptyDir volumes that are not in memory
 */
public record LocalStorage(Set<String> volumes) {
  public static final LocalStorage NONE = new LocalStorage(Set.of());

  public LocalStorage {
    volumes = Set.copyOf(volumes);
  }
}
