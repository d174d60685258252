/**
 * Composition root and command line.
 *
 * <p>Allowed neighbours: engine, gpu-bootstrap, every library of the shell.
 */
@NullMarked
package dev.windlass.daemon;

import org.jspecify.annotations.NullMarked;
