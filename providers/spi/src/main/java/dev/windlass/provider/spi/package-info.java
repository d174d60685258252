/**
 * What Windlass asks of a cloud, and the outcomes it can get.
 *
 * <p>Allowed neighbours: core model.
 */
@NullMarked
package dev.windlass.provider.spi;

import org.jspecify.annotations.NullMarked;
