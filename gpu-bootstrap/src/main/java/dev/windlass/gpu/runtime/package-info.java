/**
 * What a GPU node's container runtime must be told, merged into its configuration; pure functions.
 *
 * <p>Allowed neighbours: none of ours; tomlj reads the text.
 */
@NullMarked
package dev.windlass.gpu.runtime;

import org.jspecify.annotations.NullMarked;
