/**
 * Tests of the fake Google Cloud, over plain HTTP.
 *
 * <p>Allowed neighbours: the fake, the JDK's HTTP client.
 */
@NullMarked
package dev.windlass.provider.testkit.gcp;

import org.jspecify.annotations.NullMarked;
