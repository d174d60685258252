/**
 * Client of the simulated cloud.
 *
 * <p>Allowed neighbours: provider-spi.
 */
@NullMarked
package dev.windlass.provider.simulated;

import org.jspecify.annotations.NullMarked;
