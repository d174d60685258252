/**
 * Tests of the tick and its dispatch.
 *
 * <p>Allowed neighbours: engine, core.
 */
@NullMarked
package dev.windlass.engine;

import org.jspecify.annotations.NullMarked;
