/**
 * What a node's agent is asked to do on its machine, task by task; a pure function of what it says.
 *
 * <p>Allowed neighbours: catalogue, driver, facts, runtime, the settings of operand, core model.
 */
@NullMarked
package dev.windlass.gpu.host;

import org.jspecify.annotations.NullMarked;
