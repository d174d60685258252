/**
 * Tests of what a cloud may say.
 *
 * <p>Allowed neighbours: AssertJ, JUnit.
 */
@NullMarked
package dev.windlass.provider.spi;

import org.jspecify.annotations.NullMarked;
