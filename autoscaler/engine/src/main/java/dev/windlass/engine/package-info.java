/**
 * The tick: observe, decide, apply.
 *
 * <p>Allowed neighbours: core, provider-spi, Micrometer.
 */
@NullMarked
package dev.windlass.engine;

import org.jspecify.annotations.NullMarked;
