/**
 * The image, opened and run as a container.
 *
 * <p>Allowed neighbours: all.
 */
@NullMarked
package dev.windlass.simulations.image;

import org.jspecify.annotations.NullMarked;
