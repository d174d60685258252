/**
 * Tests of the allocation of devices.
 *
 * <p>Allowed neighbours: every package of core.
 */
@NullMarked
package dev.windlass.core.devices;

import org.jspecify.annotations.NullMarked;
