package dev.windlass.simulations.demo;

import java.io.PrintWriter;
import java.util.List;

/** A terminal: the timeline scrolls, the present state stays beneath it. */
final class LiveScreen implements Screen {
  private static final String ESCAPE = "\u001b[";
  private static final String CLEAR_BELOW = ESCAPE + "J";

  /** A line that wraps would take two rows, and one of them would stay. */
  private static final int WIDTH = 79;

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
    List<String> cut =
        lines.stream().map(line -> line.substring(0, Math.min(line.length(), WIDTH))).toList();
    if (!cut.equals(shown)) {
      erase();
      shown = cut;
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
