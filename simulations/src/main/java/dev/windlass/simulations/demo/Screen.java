package dev.windlass.simulations.demo;

import java.util.List;

/** Where the demo shows what happens. */
interface Screen {
  /** Adds a line to the timeline. */
  void line(String text);

  /** Shows the present state, replacing what was shown before; a plain screen shows none. */
  void status(List<String> lines);
}
