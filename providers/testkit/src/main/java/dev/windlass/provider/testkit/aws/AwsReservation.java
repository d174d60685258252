package dev.windlass.provider.testkit.aws;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A capacity reservation or capacity block.
 *
 * @param id its id
 * @param type of which machines
 * @param zone where
 * @param total how many
 * @param available how many are free
 * @param state {@code active}, {@code scheduled} …
 * @param endsAt when it ends, or null
 */
public record AwsReservation(
    String id,
    String type,
    String zone,
    int total,
    int available,
    String state,
    @Nullable Instant endsAt) {}
