/**
 * Which nodes can go, and why the others stay.
 *
 * <p>Allowed neighbours: model, scheduling, action, scaleup.
 */
@NullMarked
package dev.windlass.core.scaledown;

import org.jspecify.annotations.NullMarked;
