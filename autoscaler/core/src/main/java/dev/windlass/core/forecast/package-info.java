/**
 * What a scaler's metrics will ask for, from what they asked for before.
 *
 * <p>Allowed neighbours: model.
 */
@NullMarked
package dev.windlass.core.forecast;

import org.jspecify.annotations.NullMarked;
