/**
 * Tests of the replay.
 *
 * <p>Allowed neighbours: replay.
 */
@NullMarked
package dev.windlass.simulations.replay;

import org.jspecify.annotations.NullMarked;
