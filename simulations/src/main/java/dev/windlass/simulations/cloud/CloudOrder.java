package dev.windlass.simulations.cloud;

import dev.windlass.core.model.NodeGroupName;
import dev.windlass.core.model.OperationId;
import java.time.Instant;

/**
 * A change that the cloud accepted, for auditors.
 *
 * @param at when
 * @param group the group
 * @param from its target before
 * @param to its target after
 * @param operation what it was asked under
 */
public record CloudOrder(
    Instant at, NodeGroupName group, int from, int to, OperationId operation) {}
