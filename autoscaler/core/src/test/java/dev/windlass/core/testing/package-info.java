/**
 * Builders of small clusters for tests.
 *
 * <p>Allowed neighbours: every package of core.
 */
@NullMarked
package dev.windlass.core.testing;

import org.jspecify.annotations.NullMarked;
