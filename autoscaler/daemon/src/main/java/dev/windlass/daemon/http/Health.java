package dev.windlass.daemon.http;

/**
 * What a probe is told.
 *
 * @param good whether all is well
 * @param message one sentence: what is missing, or that nothing is
 */
public record Health(boolean good, String message) {}
