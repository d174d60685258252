/**
 * The daemon's HTTP endpoints: health, metrics, dashboard and its read-only API.
 *
 * <p>Allowed neighbours: daemon.dashboard, Micrometer, the JDK's HTTP server.
 */
@NullMarked
package dev.windlass.daemon.http;

import org.jspecify.annotations.NullMarked;
