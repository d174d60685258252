/**
 * What surrounds the daemon in a cluster: scheduler, kubelets, controllers, GPU operands, load.
 *
 * <p>Allowed neighbours: core model, fabric8 client, the embedded API server's ports.
 */
@NullMarked
package dev.windlass.simulations.world;

import org.jspecify.annotations.NullMarked;
