package dev.windlass.provider.testkit.aws;

import java.time.Instant;

/**
 * A scaling activity.
 *
 * @param id its id
 * @param status {@code Successful}, {@code Failed}, {@code InProgress} …
 * @param message its status message
 * @param zone the zone that it was about; empty if it names none
 * @param startedAt when it began
 */
public record AwsActivity(
    String id, String status, String message, String zone, Instant startedAt) {}
