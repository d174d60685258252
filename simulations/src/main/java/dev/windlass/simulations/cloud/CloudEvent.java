package dev.windlass.simulations.cloud;

import dev.windlass.core.model.Instance;
import dev.windlass.core.model.Offering;
import java.time.Instant;

/** What happened to a machine. */
public sealed interface CloudEvent {
  /** The machine. */
  Instance instance();

  /** When it happened. */
  Instant at();

  /** The machine runs; its kubelet will register it. */
  record Launched(Instance instance, Offering offering, Instant at) implements CloudEvent {}

  /** The machine could not be launched. */
  record LaunchFailed(Instance instance, Instant at) implements CloudEvent {}

  /** The machine is no more. */
  record Gone(Instance instance, Instant at) implements CloudEvent {}
}
