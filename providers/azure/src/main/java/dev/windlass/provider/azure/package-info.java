/**
 * Node groups as scale sets of virtual machines and AKS node pools of Azure.
 *
 * <p>Allowed neighbours: provider-spi.
 */
@NullMarked
package dev.windlass.provider.azure;

import org.jspecify.annotations.NullMarked;
