/**
 * The Configuration document: policy of the decision and settings of the daemon.
 *
 * <p>Allowed neighbours: core model, engine, resource (what a problem is), input, Jackson.
 */
@NullMarked
package dev.windlass.daemon.config;

import org.jspecify.annotations.NullMarked;
