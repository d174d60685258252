/**
 * Google Cloud: managed instance groups of Compute Engine, GKE's node pools through theirs.
 *
 * <p>Allowed neighbours: provider-spi, the compute SDK, Jackson, the JDK's HTTP client.
 */
@NullMarked
package dev.windlass.provider.gcp;

import org.jspecify.annotations.NullMarked;
