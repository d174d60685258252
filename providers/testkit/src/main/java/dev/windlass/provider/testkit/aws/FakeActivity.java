package dev.windlass.provider.testkit.aws;

import java.time.Instant;

/**
 * A scaling activity of a fake group.
 *
 * @param id its id
 * @param status {@code Successful}, {@code Failed}, {@code InProgress} …
 * @param message its status message
 * @param startedAt when it began
 */
public record FakeActivity(String id, String status, String message, Instant startedAt) {}
