/**
 * The arena's promises.
 *
 * <p>Allowed neighbours: all.
 */
@NullMarked
package dev.windlass.simulations.arena;

import org.jspecify.annotations.NullMarked;
