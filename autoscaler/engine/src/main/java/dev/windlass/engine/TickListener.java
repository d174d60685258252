package dev.windlass.engine;

/** Is told of every tick after its actions were handed over. */
@FunctionalInterface
public interface TickListener {
  /** Called on the loop's thread; must be quick. */
  void ticked(Tick tick);
}
