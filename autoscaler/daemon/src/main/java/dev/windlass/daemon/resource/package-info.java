/**
 * The custom resources as Java types, what they mean to the core, and what is wrong with bad ones.
 *
 * <p>Allowed neighbours: core model, provider SPI, gpu-bootstrap, catalogue, decode, fabric8 model.
 */
@NullMarked
package dev.windlass.daemon.resource;

import org.jspecify.annotations.NullMarked;
