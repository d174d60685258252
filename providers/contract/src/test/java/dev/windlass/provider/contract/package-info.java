/**
 * Tests of the contract's table; the rows are tested where a provider plays them.
 *
 * <p>Allowed neighbours: JUnit, AssertJ.
 */
@NullMarked
package dev.windlass.provider.contract;

import org.jspecify.annotations.NullMarked;
