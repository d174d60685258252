/**
 * How fast a whole decision is and how good, for shapes of clusters that peers publish figures of.
 *
 * <p>Allowed neighbours: core, the daemon's command line, JMH.
 */
@NullMarked
package dev.windlass.simulations.benchmark;

import org.jspecify.annotations.NullMarked;
