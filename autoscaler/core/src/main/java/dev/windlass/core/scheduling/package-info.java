/**
 * Where a pod may run and how pods are packed: predicates, free capacity, devices.
 *
 * <p>Allowed neighbours: model, devices, volumes.
 */
@NullMarked
package dev.windlass.core.scheduling;

import org.jspecify.annotations.NullMarked;
