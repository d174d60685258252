/**
 * Files that users hand over: documents, where each stands, and how its problems are told.
 *
 * <p>Allowed neighbours: resource (what a problem is), Jackson.
 */
@NullMarked
package dev.windlass.daemon.input;

import org.jspecify.annotations.NullMarked;
