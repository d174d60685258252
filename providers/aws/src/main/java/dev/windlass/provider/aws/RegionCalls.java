package dev.windlass.provider.aws;

/**
 * The requests of one region, by service.
 *
 * @param name the region's name
 * @param groups to Auto Scaling
 * @param compute to EC2
 * @param clusters to EKS
 * @param quotas to Service Quotas
 */
record RegionCalls(
    String name, GroupCalls groups, ComputeCalls compute, ClusterCalls clusters, QuotaCalls quotas)
    implements AutoCloseable {
  @Override
  public void close() {
    groups.close();
    compute.close();
    clusters.close();
    quotas.close();
  }
}
