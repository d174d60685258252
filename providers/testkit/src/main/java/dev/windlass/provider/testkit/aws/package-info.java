/**
 * A fake of the AWS services that the provider calls, speaking their wire protocols.
 *
 * <p>Allowed neighbours: the test kit's base, Jackson.
 */
@NullMarked
package dev.windlass.provider.testkit.aws;

import org.jspecify.annotations.NullMarked;
