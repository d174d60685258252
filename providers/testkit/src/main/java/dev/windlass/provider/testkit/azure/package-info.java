/**
 * A fake of Azure Resource Manager as scale sets and AKS node pools use it, and of the price list.
 *
 * <p>Allowed neighbours: the test kit's base, Jackson.
 */
@NullMarked
package dev.windlass.provider.testkit.azure;

import org.jspecify.annotations.NullMarked;
