package dev.windlass.core.model;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One term of pod affinity or anti-affinity.
 *
 * @param topologyKey the node label whose value is the domain
 * @param selector the pods it speaks of
 * @param namespaces the namespaces it names; the pod's own namespace is filled in when it is read
 * @param namespaceSelector further namespaces by label, or null
 */
public record PodAffinityTerm(
    String topologyKey,
    LabelSelector selector,
    Set<String> namespaces,
    @Nullable LabelSelector namespaceSelector) {
  public PodAffinityTerm {
    namespaces = Set.copyOf(namespaces);
  }

  /**
   * Whether the term speaks of a pod.
   *
   * @param namespace the pod's namespace
   * @param namespaceLabels that namespace's labels
   * @param labels the pod's labels
   */
  public boolean selects(
      String namespace, Map<String, String> namespaceLabels, Map<String, String> labels) {
    return selector.matches(labels)
        && (namespaces.contains(namespace)
            || (namespaceSelector != null && namespaceSelector.matches(namespaceLabels)));
  }
}
