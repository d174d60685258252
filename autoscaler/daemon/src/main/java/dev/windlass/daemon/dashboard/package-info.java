/**
 * What the dashboard shows: a bounded history of decisions, and documents made from it.
 *
 * <p>Allowed neighbours: core, engine, daemon.plan, Jackson. No sockets here.
 */
@NullMarked
package dev.windlass.daemon.dashboard;

import org.jspecify.annotations.NullMarked;
