package dev.windlass.daemon.decode;

import dev.windlass.core.model.Container;
import dev.windlass.core.model.HostPort;
import dev.windlass.core.model.Resources;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Containers and init containers: requests, and the ports of their node.
 *
 * <p>A request that only the limits name is the limit. While a pod is being resized in place, a
 * container takes the largest of what it asks for and what its kubelet has given it; when the
 * resize is infeasible, only what it has been given. Both as kube-scheduler counts them.
 */
final class ContainerDecoder {
  private static final int MAX_PORT = 65_535;
  private static final Set<String> PROTOCOLS = Set.of("", "TCP", "UDP", "SCTP");

  private final PodSource source;
  private final Problems problems;
  private final boolean resizeInfeasible;

  ContainerDecoder(PodSource source, Problems problems) {
    this.source = source;
    this.problems = problems;
    this.resizeInfeasible = resizeInfeasible(source.status());
  }

  List<Container> containers() {
    List<ContainerStatus> statuses =
        source.status() == null ? List.of() : Fields.list(source.status().getContainerStatuses());
    return decode("containers", source.spec().getContainers(), statuses, false);
  }

  List<Container> initContainers() {
    List<ContainerStatus> statuses =
        source.status() == null
            ? List.of()
            : Fields.list(source.status().getInitContainerStatuses());
    return decode("initContainers", source.spec().getInitContainers(), statuses, true);
  }

  private List<Container> decode(
      String list,
      @Nullable List<io.fabric8.kubernetes.api.model.Container> written,
      List<ContainerStatus> statuses,
      boolean init) {
    List<Container> decoded = new ArrayList<>();
    for (io.fabric8.kubernetes.api.model.Container each : Fields.list(written)) {
      String field = source.field() + "." + list + "[" + decoded.size() + "]";
      boolean restartable = init && "Always".equals(each.getRestartPolicy());
      List<HostPort> ports = !init || restartable ? ports(field, each) : List.of();
      decoded.add(
          new Container(
              Fields.text(each.getName()),
              requests(field, each, init && !restartable ? List.of() : statuses),
              ports,
              restartable));
    }
    return decoded;
  }

  private Resources requests(
      String field,
      io.fabric8.kubernetes.api.model.Container container,
      List<ContainerStatus> statuses) {
    Resources wanted = specRequests(field + ".resources", container.getResources());
    for (ContainerStatus status : statuses) {
      ResourceRequirements given = status.getResources();
      if (given != null && Fields.text(container.getName()).equals(status.getName())) {
        Resources actual = ResourcesDecoder.decode("status", given.getRequests(), problems);
        Resources allocated =
            ResourcesDecoder.decode("status", status.getAllocatedResources(), problems);
        Resources taken = actual.max(allocated);
        return resizeInfeasible ? taken : wanted.max(taken);
      }
    }
    return wanted;
  }

  private Resources specRequests(String field, @Nullable ResourceRequirements written) {
    if (written == null) {
      return Resources.NONE;
    }
    Resources requests =
        ResourcesDecoder.decode(field + ".requests", written.getRequests(), problems);
    Resources limits = ResourcesDecoder.decode(field + ".limits", written.getLimits(), problems);
    ResourcesDecoder.checkWithin(field + ".requests", requests, limits, problems);
    return ResourcesDecoder.withLimits(requests, limits);
  }

  /** Ports on the node; with {@code hostNetwork} every container port is one. */
  private List<HostPort> ports(String field, io.fabric8.kubernetes.api.model.Container container) {
    boolean hostNetwork = Boolean.TRUE.equals(source.spec().getHostNetwork());
    List<HostPort> ports = new ArrayList<>();
    int index = 0;
    for (ContainerPort each : Fields.list(container.getPorts())) {
      String at = field + ".ports[" + index++ + "]";
      int onHost = Fields.number(each.getHostPort(), 0);
      int port = onHost == 0 && hostNetwork ? Fields.number(each.getContainerPort(), 0) : onHost;
      if (port < 0 || port > MAX_PORT) {
        problems.add(at + ".hostPort", String.valueOf(port), "a port from 1 to 65535");
      } else if (port > 0) {
        String ip = Fields.text(each.getHostIP());
        String protocol = Fields.text(each.getProtocol());
        if (!PROTOCOLS.contains(protocol)) {
          problems.add(at + ".protocol", protocol, "TCP, UDP or SCTP");
        }
        ports.add(
            new HostPort(
                ip.isEmpty() ? HostPort.ANY_ADDRESS : ip,
                protocol.isEmpty() ? "TCP" : protocol,
                port));
      }
    }
    return ports;
  }

  private static boolean resizeInfeasible(@Nullable PodStatus status) {
    if (status == null) {
      return false;
    }
    for (PodCondition condition : Fields.list(status.getConditions())) {
      if ("PodResizePending".equals(condition.getType())
          && "Infeasible".equals(condition.getReason())) {
        return true;
      }
    }
    return false;
  }

  /**
   * Requests at pod level: what the pod says itself, and its limits for what no container asks for.
   * Only cpu, memory and huge pages exist at this level; a name that is absent follows the
   * containers. Null when the pod says nothing.
   */
  @Nullable Resources podRequests(List<Container> containers, List<Container> initContainers) {
    ResourceRequirements written = source.spec().getResources();
    if (written == null) {
      return null;
    }
    String field = source.field() + ".resources";
    Resources requests =
        ResourcesDecoder.decode(field + ".requests", written.getRequests(), problems);
    Resources limits = ResourcesDecoder.decode(field + ".limits", written.getLimits(), problems);
    Resources result = Resources.NONE;
    for (Map.Entry<String, Long> limit : limits.amounts().entrySet()) {
      boolean asked =
          asksFor(containers, limit.getKey()) || asksFor(initContainers, limit.getKey());
      if (existsAtPodLevel(limit.getKey()) && !asked) {
        result = result.with(limit.getKey(), limit.getValue());
      }
    }
    Resources taken = takenAtPodLevel(requests);
    for (String name : requests.amounts().keySet()) {
      if (existsAtPodLevel(name)) {
        result = result.with(name, taken.get(name));
      }
    }
    return result.amounts().isEmpty() ? null : result;
  }

  /** What the pod asks for at its level, and while that is being resized what it was given. */
  private Resources takenAtPodLevel(Resources requests) {
    PodStatus status = source.status();
    if (status == null || status.getResources() == null) {
      return requests;
    }
    Resources actual =
        ResourcesDecoder.decode("status", status.getResources().getRequests(), problems);
    Resources allocated =
        ResourcesDecoder.decode("status", status.getAllocatedResources(), problems);
    Resources taken = actual.max(allocated);
    return resizeInfeasible ? taken : requests.max(taken);
  }

  private static boolean asksFor(List<Container> containers, String resource) {
    return containers.stream().anyMatch(each -> each.requests().amounts().containsKey(resource));
  }

  private static boolean existsAtPodLevel(String resource) {
    return resource.equals(Resources.CPU)
        || resource.equals(Resources.MEMORY)
        || resource.startsWith("hugepages-");
  }
}
