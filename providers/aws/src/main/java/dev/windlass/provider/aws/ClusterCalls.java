package dev.windlass.provider.aws;

import java.util.function.Predicate;
import software.amazon.awssdk.services.eks.EksClient;
import software.amazon.awssdk.services.eks.model.Nodegroup;

/** The requests to EKS in one region. */
final class ClusterCalls implements AutoCloseable {
  private final EksClient client;
  private final Caller caller;

  ClusterCalls(EksClient client, Predicate<String> budget) {
    this.client = client;
    this.caller = new Caller("eks", budget);
  }

  /** A managed node group. */
  Nodegroup nodegroup(GroupTags.Nodegroup wanted) {
    return caller
        .read(
            "DescribeNodegroup",
            "node group " + wanted.name() + " of cluster " + wanted.cluster(),
            () ->
                client.describeNodegroup(
                    request -> request.clusterName(wanted.cluster()).nodegroupName(wanted.name())))
        .nodegroup();
  }

  @Override
  public void close() {
    client.close();
  }
}
