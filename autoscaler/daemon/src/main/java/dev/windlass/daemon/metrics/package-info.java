/**
 * Metrics that Windlass reads itself: Prometheus queries, and pages that pods serve; every answer
 * is bounded, every address checked.
 *
 * <p>Allowed neighbours: core model, Jackson, the JDK's HTTP client.
 */
@NullMarked
package dev.windlass.daemon.metrics;

import org.jspecify.annotations.NullMarked;
