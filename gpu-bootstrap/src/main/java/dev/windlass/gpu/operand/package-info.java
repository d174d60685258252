/**
 * The manifests of the operands that turn a bare node into a GPU node, step by step.
 *
 * <p>Allowed neighbours: catalogue, driver, core model and gpu, the fabric8 model.
 */
@NullMarked
package dev.windlass.gpu.operand;

import org.jspecify.annotations.NullMarked;
