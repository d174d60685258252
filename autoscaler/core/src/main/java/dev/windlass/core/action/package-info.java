/**
 * Effects as values: what the shell is asked to do, and what it must find before it does it.
 *
 * <p>Allowed neighbours: model.
 */
@NullMarked
package dev.windlass.core.action;

import org.jspecify.annotations.NullMarked;
