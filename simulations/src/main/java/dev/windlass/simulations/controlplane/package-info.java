/**
 * A real Kubernetes control plane on loopback, from the programs that control-plane/build makes.
 *
 * <p>Allowed neighbours: none.
 */
@NullMarked
package dev.windlass.simulations.controlplane;

import org.jspecify.annotations.NullMarked;
