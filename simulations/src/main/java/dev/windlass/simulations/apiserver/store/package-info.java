/**
 * Versioned objects of all types, their history, and the lists and changes read from it.
 *
 * <p>Allowed neighbours: model.
 */
@NullMarked
package dev.windlass.simulations.apiserver.store;

import org.jspecify.annotations.NullMarked;
