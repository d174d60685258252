/**
 * Volumes: which nodes a pod's volumes let it go to, as kube-scheduler's volume plugins decide.
 *
 * <p>Allowed neighbours: {@code core.model}.
 */
@NullMarked
package dev.windlass.core.volumes;

import org.jspecify.annotations.NullMarked;
