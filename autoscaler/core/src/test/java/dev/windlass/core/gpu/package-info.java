/**
 * Tests of the GPU bootstrap decision.
 *
 * <p>Allowed neighbours: model, action.
 */
@NullMarked
package dev.windlass.core.gpu;

import org.jspecify.annotations.NullMarked;
