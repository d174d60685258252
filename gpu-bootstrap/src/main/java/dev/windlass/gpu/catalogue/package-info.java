/**
 * GPU models: architecture, memory, MIG profiles, PCI ids, what driver they need.
 *
 * <p>Allowed neighbours: none.
 */
@NullMarked
package dev.windlass.gpu.catalogue;

import org.jspecify.annotations.NullMarked;
