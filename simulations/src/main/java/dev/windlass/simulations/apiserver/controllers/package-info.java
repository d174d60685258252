/**
 * What acts by itself on objects: garbage collection, namespaces, definitions, budgets, node
 * taints.
 *
 * <p>Allowed neighbours: model, store, rest, crd, selector.
 */
@NullMarked
package dev.windlass.simulations.apiserver.controllers;

import org.jspecify.annotations.NullMarked;
