package dev.windlass.provider.aws;

import dev.windlass.provider.spi.GroupView.Remark;
import dev.windlass.provider.spi.GroupView.Remark.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.eks.model.Issue;

/**
 * What EKS says of the health of a managed node group. Asked while machines are missing, once a
 * minute at most; what was said stays until it is asked again.
 */
final class NodegroupHealth {
  private static final Duration PAUSE = Duration.ofMinutes(1);

  private Instant askAgain = Instant.MIN;
  private List<Remark> last = List.of();

  List<Remark> remarks(AutoScalingGroup group, RegionCalls region, boolean isShort, Instant now) {
    Optional<GroupTags.Nodegroup> nodegroup = GroupTags.nodegroup(group);
    boolean isWorthAsking = isShort || !last.isEmpty();
    if (nodegroup.isEmpty() || !isWorthAsking || now.isBefore(askAgain)) {
      return last;
    }
    askAgain = now.plus(PAUSE);
    try {
      last =
          region.clusters().nodegroup(nodegroup.get()).health().issues().stream()
              .map(NodegroupHealth::remark)
              .toList();
    } catch (CallFailedException failed) {
      last =
          List.of(
              new Remark(
                  Kind.HEALTH,
                  "the health of its managed node group is not known: "
                      + failed.failure().message()));
    }
    return last;
  }

  private static Remark remark(Issue issue) {
    return new Remark(Kind.HEALTH, issue.codeAsString() + ": " + issue.message());
  }
}
