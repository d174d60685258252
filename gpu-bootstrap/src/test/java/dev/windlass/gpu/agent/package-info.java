/**
 * The node agent as it is built: its own tests, and its image.
 *
 * <p>Allowed neighbours: all.
 */
@NullMarked
package dev.windlass.gpu.agent;

import org.jspecify.annotations.NullMarked;
