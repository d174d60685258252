/**
 * Which node groups grow so that pending pods can run, at the least cost.
 *
 * <p>Allowed neighbours: model, scheduling, replicas.
 */
@NullMarked
package dev.windlass.core.scaleup;

import org.jspecify.annotations.NullMarked;
