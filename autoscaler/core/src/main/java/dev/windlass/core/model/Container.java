package dev.windlass.core.model;

import java.util.List;

/**
 * What the decision needs of one container.
 *
 * @param name unique within the pod
 * @param requests its resource requests
 * @param hostPorts the ports it takes on its node
 * @param restartable for init containers: {@code restartPolicy: Always}, so that it keeps running
 */
public record Container(
    String name, Resources requests, List<HostPort> hostPorts, boolean restartable) {
  public Container {
    hostPorts = List.copyOf(hostPorts);
  }

  /** A plain container with these requests. */
  public static Container of(String name, Resources requests) {
    return new Container(name, requests, List.of(), false);
  }
}
