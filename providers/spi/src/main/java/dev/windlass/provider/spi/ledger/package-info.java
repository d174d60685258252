/**
 * What the daemon may believe of a cloud between what it read and what it asked for.
 *
 * <p>Allowed neighbours: provider SPI, core model.
 */
@NullMarked
package dev.windlass.provider.spi.ledger;

import org.jspecify.annotations.NullMarked;
