package dev.windlass.daemon.metrics;

import dev.windlass.core.model.ObjectKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The page that each pod of a target serves; read once for all metrics that it holds.
 *
 * @param pods the pods
 * @param port where each serves it
 * @param path the path there
 */
public record PodPage(List<PodAddress> pods, int port, String path) {
  public PodPage {
    pods = List.copyOf(pods);
  }

  /**
   * A pod and its address.
   *
   * @param pod its name
   * @param ip its address, or null while it has none
   */
  public record PodAddress(ObjectKey pod, @Nullable String ip) {}
}
