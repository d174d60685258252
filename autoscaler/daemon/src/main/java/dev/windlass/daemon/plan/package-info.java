/**
 * The commands {@code plan} and {@code explain}: a dump in, one decision out, with its reasons.
 *
 * <p>Allowed neighbours: core, decode, resource, config, catalogue, input, cli.
 */
@NullMarked
package dev.windlass.daemon.plan;

import org.jspecify.annotations.NullMarked;
