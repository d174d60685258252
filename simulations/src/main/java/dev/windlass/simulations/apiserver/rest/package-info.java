/**
 * What each verb and subresource does to the store.
 *
 * <p>Allowed neighbours: model, store, selector, patch, apply, admission, crd.
 */
@NullMarked
package dev.windlass.simulations.apiserver.rest;

import org.jspecify.annotations.NullMarked;
