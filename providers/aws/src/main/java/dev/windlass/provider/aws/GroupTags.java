package dev.windlass.provider.aws;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;

/** The tags of an Auto Scaling group, and what others mean by them. */
final class GroupTags {
  private static final String EKS_CLUSTER = "eks:cluster-name";
  private static final String EKS_NODEGROUP = "eks:nodegroup-name";

  private GroupTags() {}

  static Map<String, String> of(AutoScalingGroup group) {
    Map<String, String> tags = new TreeMap<>();
    group.tags().forEach(tag -> tags.put(tag.key(), tag.value() == null ? "" : tag.value()));
    return tags;
  }

  /** The managed node group of EKS that the group belongs to. */
  static Optional<Nodegroup> nodegroup(AutoScalingGroup group) {
    Map<String, String> tags = of(group);
    String cluster = tags.getOrDefault(EKS_CLUSTER, "");
    String name = tags.getOrDefault(EKS_NODEGROUP, "");
    return cluster.isEmpty() || name.isEmpty()
        ? Optional.empty()
        : Optional.of(new Nodegroup(cluster, name));
  }

  /** A managed node group: names are unique in a cluster only. */
  record Nodegroup(String cluster, String name) {}
}
