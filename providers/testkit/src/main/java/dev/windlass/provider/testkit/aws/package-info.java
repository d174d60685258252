/**
 * A fake of the AWS endpoints that the provider calls, with scripted faults and a journal.
 *
 * <p>Allowed neighbours: none.
 */
@NullMarked
package dev.windlass.provider.testkit.aws;

import org.jspecify.annotations.NullMarked;
