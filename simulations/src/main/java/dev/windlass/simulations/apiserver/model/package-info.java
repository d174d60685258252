/**
 * JSON trees, resource types, shapes of built-in kinds, quantities and failures that clients see.
 *
 * <p>Allowed neighbours: Jackson 3.
 */
@NullMarked
package dev.windlass.simulations.apiserver.model;

import org.jspecify.annotations.NullMarked;
