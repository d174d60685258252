/**
 * The clouds as the daemon uses them: what they said last, what they are asked for, and how often.
 *
 * <p>Allowed neighbours: engine, core, provider SPI, resource, Resilience4j.
 */
@NullMarked
package dev.windlass.daemon.cloud;

import org.jspecify.annotations.NullMarked;
