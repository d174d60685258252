package dev.windlass.provider.testkit.aws;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** EC2: machines by the filter on their ids. */
final class MachineActions {
  private final Map<String, FakeGroup> groups;
  private final Set<String> hidden;
  private final int pageSize;

  MachineActions(Map<String, FakeGroup> groups, Set<String> hidden, int pageSize) {
    this.hidden = hidden;
    this.groups = groups;
    this.pageSize = pageSize;
  }

  String answer(AwsRequest request) {
    if (!request.action().equals("DescribeInstances")
        || !request.parameter("Filter.1.Name").orElse("").equals("instance-id")) {
      throw new RefusedException("InvalidAction", "only DescribeInstances by instance-id");
    }
    List<String> ids = request.list("Filter.1.Value.");
    List<FakeInstance> found =
        groups.values().stream()
            .flatMap(group -> group.instances.stream())
            .filter(instance -> ids.contains(instance.id()) && !hidden.contains(instance.id()))
            .toList();
    int end = Math.min(found.size(), request.offset() + pageSize);
    String page =
        Xml.list(
            "reservationSet",
            "item",
            found.subList(request.offset(), end),
            instance ->
                Xml.list("instancesSet", "item", List.of(instance), MachineActions::instance));
    return Xml.ec2Answer(
        request.action(), end == found.size() ? page : page + Xml.element("nextToken", end));
  }

  private static String instance(FakeInstance instance) {
    return Xml.element("instanceId", instance.id())
        + Xml.element("instanceType", instance.type())
        + Xml.element("launchTime", instance.launchedAt())
        + (instance.spot() ? Xml.element("instanceLifecycle", "spot") : "");
  }
}
