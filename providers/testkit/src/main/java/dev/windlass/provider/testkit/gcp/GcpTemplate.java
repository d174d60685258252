package dev.windlass.provider.testkit.gcp;

import java.util.Map;

/**
 * What a group's instance template holds beside the machine type.
 *
 * @param labels its resource labels
 * @param kubeEnv the text under the metadata key {@code kube-env}; empty for none
 * @param accelerators GPUs that are attached to the machine, by type
 * @param bootDiskGib the size of the boot disk
 * @param localSsds how many local disks
 */
public record GcpTemplate(
    Map<String, String> labels,
    String kubeEnv,
    Map<String, Integer> accelerators,
    int bootDiskGib,
    int localSsds) {
  /** Nothing but a boot disk of 100 GiB. */
  public static final GcpTemplate PLAIN = new GcpTemplate(Map.of(), "", Map.of(), 100, 0);

  public GcpTemplate {
    labels = Map.copyOf(labels);
    accelerators = Map.copyOf(accelerators);
  }
}
