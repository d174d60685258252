/**
 * The fake Azure as any HTTP client sees it.
 *
 * <p>Allowed neighbours: the fake, the JDK's HTTP client.
 */
@NullMarked
package dev.windlass.provider.testkit.azure;

import org.jspecify.annotations.NullMarked;
