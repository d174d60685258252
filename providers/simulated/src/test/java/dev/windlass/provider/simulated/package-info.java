/**
 * The contract over the simulated provider, against a fake of the cloud that it speaks to.
 *
 * <p>Allowed neighbours: the contract, the test kit, JUnit.
 */
@NullMarked
package dev.windlass.provider.simulated;

import org.jspecify.annotations.NullMarked;
