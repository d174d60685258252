/**
 * JSON merge patch, JSON patch and strategic merge patch: one class each.
 *
 * <p>Allowed neighbours: model.
 */
@NullMarked
package dev.windlass.simulations.apiserver.patch;

import org.jspecify.annotations.NullMarked;
