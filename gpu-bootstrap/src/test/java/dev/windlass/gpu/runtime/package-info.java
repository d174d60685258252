/**
 * Tests of the container runtime's configuration, against texts of real programs.
 *
 * <p>Allowed neighbours: none of ours.
 */
@NullMarked
package dev.windlass.gpu.runtime;

import org.jspecify.annotations.NullMarked;
