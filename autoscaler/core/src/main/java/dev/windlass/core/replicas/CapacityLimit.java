package dev.windlass.core.replicas;

/**
 * What nodes can be had for a target.
 *
 * @param replicas the most replicas for which there are or will be nodes; the largest int where
 *     that is only told, not enforced
 * @param cause why there are no more
 * @param message how many pods find no node, why, and until when
 */
record CapacityLimit(int replicas, ReplicaReason cause, String message) {}
