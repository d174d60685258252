/**
 * Kubernetes objects into the core model: what an API server or a dump holds becomes values.
 *
 * <p>Allowed neighbours: core model, fabric8 model classes.
 */
@NullMarked
package dev.windlass.daemon.decode;

import org.jspecify.annotations.NullMarked;
