/**
 * Tests of the package of the same name.
 *
 * <p>Allowed neighbours: those of the package.
 */
@NullMarked
package dev.windlass.gpu.facts;

import org.jspecify.annotations.NullMarked;
