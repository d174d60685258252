/**
 * Predictions on recorded request rates.
 *
 * <p>Allowed neighbours: core.
 */
@NullMarked
package dev.windlass.simulations.prediction;

import org.jspecify.annotations.NullMarked;
