package dev.windlass.core.model;

import java.util.Map;

/**
 * A DaemonSet: what every new node that it matches loses to it.
 *
 * @param key its name
 * @param labels the labels of its pods
 * @param spec the spec of its pods, with the tolerations that its controller adds
 */
public record DaemonSet(ObjectKey key, Map<String, String> labels, PodSpec spec) {
  public DaemonSet {
    labels = Map.copyOf(labels);
  }
}
