/**
 * Tests of scale-up.
 *
 * <p>Allowed neighbours: every package of core.
 */
@NullMarked
package dev.windlass.core.scaleup;

import org.jspecify.annotations.NullMarked;
