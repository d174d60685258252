/**
 * Tests of the whole decision.
 *
 * <p>Allowed neighbours: every package of core.
 */
@NullMarked
package dev.windlass.core.decision;

import org.jspecify.annotations.NullMarked;
