package dev.windlass.simulations.demo;

/**
 * How the demo is played.
 *
 * @param once whether it ends by itself
 * @param speed seconds of the world in one second of the wall clock
 * @param port the dashboard's port; 0 lets the system choose
 * @param provider whose groups the machines are in
 */
record DemoOptions(boolean once, double speed, int port, DemoProvider provider) {
  DemoOptions {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("a port is 0 to 65535, not " + port);
    }
    if (!(speed >= 1) || speed > 120) {
      throw new IllegalArgumentException("the speed is 1 to 120, not " + speed);
    }
  }
}
