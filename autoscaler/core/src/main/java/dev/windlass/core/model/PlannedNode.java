package dev.windlass.core.model;

/**
 * The node that a pending pod waits for. Pods with equal values go onto one node together, so that
 * the next decision packs the nodes that were ordered just as the one that ordered them.
 *
 * @param group the node's group
 * @param variant what was ordered
 * @param node tells nodes of a decision apart: the Node's name, or a name of the plan's own
 */
public record PlannedNode(NodeGroupName group, Variant variant, String node) {}
