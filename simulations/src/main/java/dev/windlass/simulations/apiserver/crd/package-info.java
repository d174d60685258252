/**
 * Custom resource definitions: structural schemas, defaults, pruning, validation, expressions,
 * names.
 *
 * <p>Allowed neighbours: model, admission, dev.cel.
 */
@NullMarked
package dev.windlass.simulations.apiserver.crd;

import org.jspecify.annotations.NullMarked;
