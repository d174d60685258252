/**
 * The command line: the main class, and what a command is.
 *
 * <p>Allowed neighbours: everything in the daemon, picocli.
 */
@NullMarked
package dev.windlass.daemon.cli;

import org.jspecify.annotations.NullMarked;
