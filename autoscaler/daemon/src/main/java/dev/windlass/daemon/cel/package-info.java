/**
 * CEL expressions over devices: compiled, type-checked and bounded in cost.
 *
 * <p>Allowed neighbours: core model, decode; the CEL library is used nowhere else.
 */
@NullMarked
package dev.windlass.daemon.cel;

import org.jspecify.annotations.NullMarked;
