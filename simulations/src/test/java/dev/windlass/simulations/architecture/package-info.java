/**
 * Tests of the directions between modules, over the classes of all of them.
 *
 * <p>Allowed neighbours: ArchUnit.
 */
@NullMarked
package dev.windlass.simulations.architecture;

import org.jspecify.annotations.NullMarked;
