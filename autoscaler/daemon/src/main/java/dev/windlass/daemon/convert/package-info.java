/**
 * Turns the scalers of peers into ReplicaScalers and names what these cannot say.
 *
 * <p>Allowed neighbours: core, resource, input.
 */
@NullMarked
package dev.windlass.daemon.convert;

import org.jspecify.annotations.NullMarked;
