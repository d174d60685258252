/**
 * The command {@code demo}: the real daemon in a simulated cluster, for one short morning.
 *
 * <p>Allowed neighbours: daemon, simulated cloud, world, embedded API server.
 */
@NullMarked
package dev.windlass.simulations.demo;

import org.jspecify.annotations.NullMarked;
