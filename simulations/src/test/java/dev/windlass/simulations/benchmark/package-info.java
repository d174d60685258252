/**
 * Tests that the measured clusters are what they are said to be, and are decided rightly.
 *
 * <p>Allowed neighbours: core.
 */
@NullMarked
package dev.windlass.simulations.benchmark;

import org.jspecify.annotations.NullMarked;
