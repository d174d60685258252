/**
 * Who a request is from and whether roles allow it.
 *
 * <p>Allowed neighbours: model, store.
 */
@NullMarked
package dev.windlass.simulations.apiserver.access;

import org.jspecify.annotations.NullMarked;
