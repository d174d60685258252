/**
 * The daemon's informers on objects that no API server of ours would hand out.
 *
 * <p>Allowed neighbours: all.
 */
@NullMarked
package dev.windlass.simulations.feed;

import org.jspecify.annotations.NullMarked;
