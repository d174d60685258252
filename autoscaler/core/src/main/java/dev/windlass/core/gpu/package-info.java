/**
 * Which phase of its bootstrap each GPU node is in, and what to do when a deadline passes.
 *
 * <p>Allowed neighbours: model, scheduling, scaleup, scaledown, action.
 */
@NullMarked
package dev.windlass.core.gpu;

import org.jspecify.annotations.NullMarked;
