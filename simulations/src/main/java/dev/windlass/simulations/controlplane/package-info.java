/**
 * A real Kubernetes control plane on loopback, from the programs that control-plane/build makes.
 *
 * <p>Allowed neighbours: the daemon's command line.
 */
@NullMarked
package dev.windlass.simulations.controlplane;

import org.jspecify.annotations.NullMarked;
