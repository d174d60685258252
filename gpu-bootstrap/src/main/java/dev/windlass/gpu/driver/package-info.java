/**
 * Which driver branch and which kernel modules fit a machine, and why.
 *
 * <p>Allowed neighbours: catalogue.
 */
@NullMarked
package dev.windlass.gpu.driver;

import org.jspecify.annotations.NullMarked;
