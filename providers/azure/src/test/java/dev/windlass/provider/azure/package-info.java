/**
 * The provider with the real SDK against a fake Azure.
 *
 * <p>Allowed neighbours: the provider, the test kit.
 */
@NullMarked
package dev.windlass.provider.azure;

import org.jspecify.annotations.NullMarked;
