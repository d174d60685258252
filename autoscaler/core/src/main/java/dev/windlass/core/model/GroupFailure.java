package dev.windlass.core.model;

import java.time.Instant;

/**
 * A purchase that failed.
 *
 * @param group the node group
 * @param failure the cloud's answer
 * @param at when it came
 */
public record GroupFailure(NodeGroupName group, CloudFailure failure, Instant at) {}
