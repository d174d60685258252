/**
 * The snapshot: everything that a decision may look at, as immutable values.
 *
 * <p>Allowed neighbours: none.
 */
@NullMarked
package dev.windlass.core.model;

import org.jspecify.annotations.NullMarked;
