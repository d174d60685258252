/**
 * The embedded Kubernetes API server: what a program starts, configures and stops.
 *
 * <p>Allowed neighbours: everything below this package, jdk.httpserver, Jackson 3.
 */
@NullMarked
package dev.windlass.simulations.apiserver;

import org.jspecify.annotations.NullMarked;
