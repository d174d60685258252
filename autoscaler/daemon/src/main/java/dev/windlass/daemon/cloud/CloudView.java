package dev.windlass.daemon.cloud;

import dev.windlass.provider.spi.GroupView;
import java.time.Instant;

/**
 * What a cloud last said of a group.
 *
 * @param group its answer
 * @param at when it was asked
 */
public record CloudView(GroupView group, Instant at) {}
