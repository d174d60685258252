/**
 * The real control plane.
 *
 * <p>Allowed neighbours: all.
 */
@NullMarked
package dev.windlass.simulations.controlplane;

import org.jspecify.annotations.NullMarked;
