/**
 * Tests of the AWS provider: the real SDK against the fake endpoints.
 *
 * <p>Allowed neighbours: provider-testkit.
 */
@NullMarked
package dev.windlass.provider.aws;

import org.jspecify.annotations.NullMarked;
