package dev.windlass.provider.aws;

/**
 * The requests of one region, by service.
 *
 * @param name the region's name
 * @param groups to Auto Scaling
 * @param compute to EC2
 * @param clusters to EKS
 */
record RegionCalls(String name, GroupCalls groups, ComputeCalls compute, ClusterCalls clusters)
    implements AutoCloseable {
  @Override
  public void close() {
    groups.close();
    compute.close();
    clusters.close();
  }
}
