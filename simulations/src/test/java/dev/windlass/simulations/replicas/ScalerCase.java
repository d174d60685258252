package dev.windlass.simulations.replicas;

import java.util.List;
import java.util.Map;

/**
 * A target with its pods, and how it is to be scaled.
 *
 * @param number names the case
 * @param replicas of the target
 * @param pods that its selector finds
 * @param spec of an autoscaler without its target: the fields that HorizontalPodAutoscaler and
 *     ReplicaScaler share
 */
record ScalerCase(int number, int replicas, List<PodCase> pods, Map<String, Object> spec) {
  ScalerCase {
    pods = List.copyOf(pods);
    spec = Map.copyOf(spec);
  }

  /** The label that its selector asks for. */
  static final String LABEL = "case";

  /** What a pod's kubelet has told. */
  enum State {
    READY,
    UNREADY,
    NEVER_READY,
    PENDING,
    FAILED
  }

  /**
   * A pod.
   *
   * @param name unique in its namespace
   * @param state what its kubelet has told
   * @param young whether it started a minute ago, within the time in which cpu is not trusted
   * @param cpuMilli requests of its containers, in thousandths of a core; 0 for none
   */
  record PodCase(String name, State state, boolean young, List<Integer> cpuMilli) {
    PodCase {
      cpuMilli = List.copyOf(cpuMilli);
    }
  }

  String target() {
    return "case-" + number;
  }

  @Override
  public String toString() {
    return "case %d: %d replicas, pods %s, spec %s".formatted(number, replicas, pods, spec);
  }
}
