/**
 * What fake clouds have in common: a clock that a test moves, faults by script, a journal.
 *
 * <p>Allowed neighbours: the JDK's HTTP server.
 */
@NullMarked
package dev.windlass.provider.testkit;

import org.jspecify.annotations.NullMarked;
