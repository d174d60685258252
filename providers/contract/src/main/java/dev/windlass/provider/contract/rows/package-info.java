/**
 * The rows of the contract, one for each fault of the list and for each bug of a peer.
 *
 * <p>Allowed neighbours: the contract's scene, AssertJ.
 */
@NullMarked
package dev.windlass.provider.contract.rows;

import org.jspecify.annotations.NullMarked;
