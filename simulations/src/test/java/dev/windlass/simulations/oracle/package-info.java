/**
 * kube-scheduler as the judge of Windlass's scheduling rules.
 *
 * <p>Allowed neighbours: core, the daemon's decoders.
 */
@NullMarked
package dev.windlass.simulations.oracle;

import org.jspecify.annotations.NullMarked;
