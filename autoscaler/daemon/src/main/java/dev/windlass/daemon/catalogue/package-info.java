/**
 * Facts about machine types: what pods may ask for on them and what they cost.
 *
 * <p>Allowed neighbours: core model.
 */
@NullMarked
package dev.windlass.daemon.catalogue;

import org.jspecify.annotations.NullMarked;
