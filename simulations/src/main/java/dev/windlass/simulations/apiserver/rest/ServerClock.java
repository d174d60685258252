package dev.windlass.simulations.apiserver.rest;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/** The server's time as objects bear it. */
public record ServerClock(InstantSource source) {
  /** Now, to the second. */
  public String now() {
    return after(0);
  }

  /** A number of seconds from now, to the second. */
  public String after(long seconds) {
    return source.instant().truncatedTo(ChronoUnit.SECONDS).plusSeconds(seconds).toString();
  }

  public Instant instant() {
    return source.instant();
  }
}
