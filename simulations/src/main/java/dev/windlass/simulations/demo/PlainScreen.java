package dev.windlass.simulations.demo;

import java.io.PrintWriter;
import java.util.List;

/** Lines, one after the other: for files and pipes. */
final class PlainScreen implements Screen {
  private final PrintWriter out;

  PlainScreen(PrintWriter out) {
    this.out = out;
  }

  @Override
  public synchronized void line(String text) {
    out.println(text);
    out.flush();
  }

  @Override
  public void status(List<String> lines) {
    // Who reads lines reads the timeline.
  }
}
