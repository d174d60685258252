package dev.windlass.daemon.cloud;

import dev.windlass.daemon.resource.CloudFacts;
import dev.windlass.provider.spi.GroupView;
import java.time.Instant;

/**
 * What a cloud last said of a group.
 *
 * @param group its answer
 * @param at when it was asked
 * @param facts what it says of the machines that the group may bring
 */
public record CloudView(GroupView group, Instant at, CloudFacts facts) {}
