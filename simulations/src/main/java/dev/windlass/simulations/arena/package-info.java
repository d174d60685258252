/**
 * The daemon on a real control plane beside what its peers did with the same workloads.
 *
 * <p>Allowed neighbours: controlplane, cloud, world, the daemon's command line, fabric8 client.
 */
@NullMarked
package dev.windlass.simulations.arena;

import org.jspecify.annotations.NullMarked;
