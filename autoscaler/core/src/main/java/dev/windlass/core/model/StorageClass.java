package dev.windlass.core.model;

import java.util.List;

/**
 * A storage class.
 *
 * @param name its name
 * @param provisioner what makes its volumes
 * @param waits whether a volume is made only when a pod needs it ({@code WaitForFirstConsumer})
 * @param topologies where volumes may be made: alternatives of expressions over node labels; empty
 *     for anywhere
 */
public record StorageClass(
    String name, String provisioner, boolean waits, List<List<Requirement>> topologies) {
  private static final String NO_PROVISIONER = "kubernetes.io/no-provisioner";

  public StorageClass {
    topologies = topologies.stream().map(List::copyOf).toList();
  }

  /** Whether volumes can be made at all. */
  public boolean provisions() {
    return !provisioner.isEmpty() && !provisioner.equals(NO_PROVISIONER);
  }
}
