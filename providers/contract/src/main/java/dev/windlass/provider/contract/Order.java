package dev.windlass.provider.contract;

import dev.windlass.core.model.OperationId;
import dev.windlass.provider.spi.CloudProvider.Increase;

/**
 * An increase that can be asked for more than once.
 *
 * @param change the sizes and machines
 * @param operation its name
 */
public record Order(Increase change, OperationId operation) {}
