/**
 * Tests of the scheduling rules.
 *
 * <p>Allowed neighbours: every package of core.
 */
@NullMarked
package dev.windlass.core.scheduling;

import org.jspecify.annotations.NullMarked;
