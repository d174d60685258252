package dev.windlass.core.model;

/**
 * One hard topology spread constraint ({@code DoNotSchedule}).
 *
 * @param maxSkew how far the fullest domain may be above the emptiest
 * @param topologyKey the node label whose value is the domain
 * @param selector the pods that are counted; match label keys are folded in when it is read
 * @param minDomains below this many domains the emptiest counts as zero; 1 if unset
 * @param honorAffinity whether nodes outside the pod's node affinity are left out
 * @param honorTaints whether nodes with taints the pod does not tolerate are left out
 */
public record TopologySpread(
    int maxSkew,
    String topologyKey,
    LabelSelector selector,
    int minDomains,
    boolean honorAffinity,
    boolean honorTaints) {}
