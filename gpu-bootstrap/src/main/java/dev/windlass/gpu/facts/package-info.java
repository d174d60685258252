/**
 * What a machine's own tools say of its GPUs, parsed and judged; pure functions of text.
 *
 * <p>Allowed neighbours: catalogue, driver.
 */
@NullMarked
package dev.windlass.gpu.facts;

import org.jspecify.annotations.NullMarked;
