/**
 * Replays a workload through the production engine in virtual time, and reports what came of it.
 *
 * <p>Allowed neighbours: core, engine, the daemon's command line, input and resource types.
 */
@NullMarked
package dev.windlass.simulations.replay;

import org.jspecify.annotations.NullMarked;
