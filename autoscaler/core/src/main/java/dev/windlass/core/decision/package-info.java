/**
 * The pure decision: one function over one snapshot, its reasons and its next state.
 *
 * <p>Allowed neighbours: every package of core.
 */
@NullMarked
package dev.windlass.core.decision;

import org.jspecify.annotations.NullMarked;
