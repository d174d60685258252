package dev.windlass.simulations.demo;

import dev.windlass.simulations.cloud.Fleet;
import java.util.Map;

/** Where the demo's machines come from. */
interface DemoCloud extends AutoCloseable {
  /** Its machines. */
  Fleet fleet();

  /** How the daemon reaches it: settings by provider kind. */
  Map<String, Map<String, String>> providers();

  @Override
  void close();
}
