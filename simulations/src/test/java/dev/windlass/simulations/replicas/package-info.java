/**
 * Replica decisions, judged by the real HorizontalPodAutoscaler controller.
 *
 * <p>Allowed neighbours: all.
 */
@NullMarked
package dev.windlass.simulations.replicas;

import org.jspecify.annotations.NullMarked;
