/**
 * A lean list-and-watch server that hands out objects as they are given, valid or not, in any
 * number.
 *
 * <p>Allowed neighbours: JDK.
 */
@NullMarked
package dev.windlass.simulations.feed;

import org.jspecify.annotations.NullMarked;
