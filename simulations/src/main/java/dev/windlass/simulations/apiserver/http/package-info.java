/**
 * Requests and answers on the wire: paths, media types, watches, discovery.
 *
 * <p>Allowed neighbours: everything else of the API server.
 */
@NullMarked
package dev.windlass.simulations.apiserver.http;

import org.jspecify.annotations.NullMarked;
