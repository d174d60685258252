/**
 * Defaults and rules of built-in kinds at creation and change.
 *
 * <p>Allowed neighbours: model, store.
 */
@NullMarked
package dev.windlass.simulations.apiserver.admission;

import org.jspecify.annotations.NullMarked;
