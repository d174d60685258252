/**
 * Tests of what may be believed of a cloud.
 *
 * <p>Allowed neighbours: AssertJ, JUnit.
 */
@NullMarked
package dev.windlass.provider.spi.ledger;

import org.jspecify.annotations.NullMarked;
