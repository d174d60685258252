/**
 * Custom resource definitions: structural schemas, defaults, pruning, validation, names.
 *
 * <p>Allowed neighbours: model, admission.
 */
@NullMarked
package dev.windlass.simulations.apiserver.crd;

import org.jspecify.annotations.NullMarked;
