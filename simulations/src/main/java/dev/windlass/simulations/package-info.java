/**
 * Worlds to run the daemon in: API server, clouds, kubelets, traces.
 *
 * <p>Allowed neighbours: engine, daemon, simulated provider.
 */
@NullMarked
package dev.windlass.simulations;

import org.jspecify.annotations.NullMarked;
