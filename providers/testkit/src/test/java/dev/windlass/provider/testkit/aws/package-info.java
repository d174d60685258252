/**
 * Tests of the fake of AWS.
 *
 * <p>Allowed neighbours: the fake.
 */
@NullMarked
package dev.windlass.provider.testkit.aws;

import org.jspecify.annotations.NullMarked;
