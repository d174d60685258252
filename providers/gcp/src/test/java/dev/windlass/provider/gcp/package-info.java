/**
 * Tests of the Google Cloud provider, with the real SDK against a fake on loopback.
 *
 * <p>Allowed neighbours: the provider, the test kit.
 */
@NullMarked
package dev.windlass.provider.gcp;

import org.jspecify.annotations.NullMarked;
