/**
 * Tests of scale-down.
 *
 * <p>Allowed neighbours: every package of core.
 */
@NullMarked
package dev.windlass.core.scaledown;

import org.jspecify.annotations.NullMarked;
