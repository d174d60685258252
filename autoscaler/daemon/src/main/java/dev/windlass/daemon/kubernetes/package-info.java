/**
 * The cluster as the daemon sees and changes it: informers, actions, status, events, metrics,
 * lease.
 *
 * <p>Allowed neighbours: engine, core, gpu-bootstrap, config, decode, resource, cloud, fabric8.
 */
@NullMarked
package dev.windlass.daemon.kubernetes;

import org.jspecify.annotations.NullMarked;
