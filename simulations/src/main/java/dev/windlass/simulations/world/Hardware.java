package dev.windlass.simulations.world;

import dev.windlass.core.model.Resources;

/** Port: the machines beneath the nodes. */
public interface Hardware {
  /** Whether the node's machine runs, and with it its kubelet. */
  boolean running(String node);

  /** What the machine has that only a device plugin can advertise. */
  Resources devices(String node);
}
