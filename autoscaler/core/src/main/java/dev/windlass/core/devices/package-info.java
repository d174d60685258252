/**
 * Dynamic resource allocation: which devices a pod's claims get on a node, and why they get none.
 *
 * <p>Allowed neighbours: model.
 */
@NullMarked
package dev.windlass.core.devices;

import org.jspecify.annotations.NullMarked;
