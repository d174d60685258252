/**
 * Server-side apply: sets of fields, managers, conflicts.
 *
 * <p>Allowed neighbours: model.
 */
@NullMarked
package dev.windlass.simulations.apiserver.apply;

import org.jspecify.annotations.NullMarked;
