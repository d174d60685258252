/**
 * A fake of Google Cloud as the provider sees it: Compute Engine's managed instance groups, with
 * what GKE and Cloud Billing say of them.
 *
 * <p>Allowed neighbours: the test kit's base, Jackson.
 */
@NullMarked
package dev.windlass.provider.testkit.gcp;

import org.jspecify.annotations.NullMarked;
