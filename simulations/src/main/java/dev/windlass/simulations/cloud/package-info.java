/**
 * A cloud that sells machines: its state over time, its HTTP interface, the boot of its machines.
 *
 * <p>Allowed neighbours: provider SPI, simulated provider's wire bodies, fabric8 client.
 */
@NullMarked
package dev.windlass.simulations.cloud;

import org.jspecify.annotations.NullMarked;
