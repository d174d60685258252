/**
 * How many replicas each scaler's target should have.
 *
 * <p>Allowed neighbours: model, action.
 */
@NullMarked
package dev.windlass.core.replicas;

import org.jspecify.annotations.NullMarked;
