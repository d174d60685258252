package dev.windlass.core.model;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A question to a Prometheus server.
 *
 * @param server the server's address as users write it, without the path of its API
 * @param expression the query, whose answer is one number
 * @param secret the Secret in the scaler's own namespace with what the server asks for, or null
 * @param timeout how long it may take
 */
public record PrometheusQuery(
    String server, String expression, @Nullable String secret, Duration timeout) {}
