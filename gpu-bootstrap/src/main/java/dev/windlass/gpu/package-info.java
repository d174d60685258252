/**
 * How a bare GPU machine becomes a node that runs GPU pods: operands as manifests.
 *
 * <p>Allowed neighbours: core, the Kubernetes model.
 */
@NullMarked
package dev.windlass.gpu;

import org.jspecify.annotations.NullMarked;
