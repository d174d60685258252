package dev.windlass.core.volumes;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Plugins of Kubernetes itself whose volumes CSI drivers have taken over.
 *
 * <p>Source: Kubernetes 1.36, {@code nodevolumelimits} and the CSI translation library.
 */
public final class MigratedPlugins {
  public static final String AWS_EBS = "kubernetes.io/aws-ebs";
  public static final String GCE_PD = "kubernetes.io/gce-pd";
  public static final String AZURE_DISK = "kubernetes.io/azure-disk";
  public static final String CINDER = "kubernetes.io/cinder";
  public static final String PORTWORX = "kubernetes.io/portworx-volume";

  private static final Map<String, String> DRIVERS =
      Map.of(
          AWS_EBS, "ebs.csi.aws.com",
          GCE_PD, "pd.csi.storage.gke.io",
          AZURE_DISK, "disk.csi.azure.com",
          CINDER, "cinder.csi.openstack.org",
          PORTWORX, "pxd.portworx.com");

  /** Taken over as well, but kube-scheduler counts none of their volumes. */
  private static final Set<String> UNCOUNTED =
      Set.of("kubernetes.io/azure-file", "kubernetes.io/vsphere-volume");

  private MigratedPlugins() {}

  /** The driver that took a plugin's volumes over. */
  public static Optional<String> driver(String plugin) {
    return Optional.ofNullable(DRIVERS.get(plugin));
  }

  /** The driver against whose limit the volumes of a provisioner count, if against any. */
  static Optional<String> counted(String provisioner) {
    return UNCOUNTED.contains(provisioner)
        ? Optional.empty()
        : Optional.of(DRIVERS.getOrDefault(provisioner, provisioner));
  }
}
