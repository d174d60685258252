/**
 * Node groups as Auto Scaling groups of AWS.
 *
 * <p>Allowed neighbours: provider-spi.
 */
@NullMarked
package dev.windlass.provider.aws;

import org.jspecify.annotations.NullMarked;
