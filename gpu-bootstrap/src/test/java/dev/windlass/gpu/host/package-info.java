/**
 * Tests of what a node's agent is asked to do.
 *
 * <p>Allowed neighbours: all.
 */
@NullMarked
package dev.windlass.gpu.host;

import org.jspecify.annotations.NullMarked;
