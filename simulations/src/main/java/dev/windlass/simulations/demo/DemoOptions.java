package dev.windlass.simulations.demo;

/**
 * How the demo is played.
 *
 * @param once whether it ends by itself
 * @param speed seconds of the world in one second of the wall clock
 * @param port the dashboard's port; 0 lets the system choose
 */
record DemoOptions(boolean once, double speed, int port) {
  DemoOptions {
    if (!(speed >= 1) || speed > 240) {
      throw new IllegalArgumentException("the speed is 1 to 240, not " + speed);
    }
  }
}
