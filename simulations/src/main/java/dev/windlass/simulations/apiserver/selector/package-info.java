/**
 * Label and field selectors: parsing, refusals and matching.
 *
 * <p>Allowed neighbours: model.
 */
@NullMarked
package dev.windlass.simulations.apiserver.selector;

import org.jspecify.annotations.NullMarked;
