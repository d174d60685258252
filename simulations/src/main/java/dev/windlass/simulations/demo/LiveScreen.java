package dev.windlass.simulations.demo;

import java.io.PrintWriter;
import java.util.List;

/** A terminal: the timeline scrolls, the present state stays beneath it. */
final class LiveScreen implements Screen {
  private static final String ESCAPE = "\u001b[";
  private static final String CLEAR_BELOW = ESCAPE + "J";

  private final PrintWriter out;
  private List<String> shown = List.of();

  LiveScreen(PrintWriter out) {
    this.out = out;
  }

  @Override
  public synchronized void line(String text) {
    erase();
    out.println(text);
    draw();
  }

  @Override
  public synchronized void status(List<String> lines) {
    if (!lines.equals(shown)) {
      erase();
      shown = List.copyOf(lines);
      draw();
    }
  }

  private void erase() {
    if (!shown.isEmpty()) {
      out.print(ESCAPE + shown.size() + "A\r" + CLEAR_BELOW);
    }
  }

  private void draw() {
    shown.forEach(out::println);
    out.flush();
  }
}
