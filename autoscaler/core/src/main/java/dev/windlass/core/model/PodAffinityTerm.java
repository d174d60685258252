package dev.windlass.core.model;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One required term of pod affinity or anti-affinity.
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
}
