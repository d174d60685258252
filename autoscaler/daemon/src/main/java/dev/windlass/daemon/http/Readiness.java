package dev.windlass.daemon.http;

/**
 * Whether the daemon does its work.
 *
 * @param ready whether it does
 * @param message one sentence: what it waits for, or that it is ready
 */
public record Readiness(boolean ready, String message) {}
