package dev.windlass.daemon;

import dev.windlass.core.decision.Decider;
import dev.windlass.core.decision.Decision;
import dev.windlass.core.model.AutoscalerState;
import dev.windlass.daemon.plan.Dump;
import dev.windlass.daemon.plan.DumpReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * Decides for a cluster that is made up and throws the decision away, as nothing but the decision
 * comes of deciding: what is loaded and compiled on the way is there when the first pods wait, also
 * in a standby that takes over.
 */
final class Rehearsal {
  private static final String CLUSTER = "rehearsal.yaml";

  /** Enough for the compiler to have begun with what is run most. */
  private static final int TIMES = 30;

  private Rehearsal() {}

  /** Takes about a second of one processor; returns the last decision. */
  static Decision run() {
    return switch (read()) {
      case Dump.Outcome.Read(Dump dump) -> {
        Decision decision = decide(dump);
        for (int again = 1; again < TIMES; again++) {
          decision = decide(dump);
        }
        yield decision;
      }
      case Dump.Outcome.Bad bad -> throw new IllegalStateException(CLUSTER + ": " + bad.problems());
    };
  }

  private static Dump.Outcome read() {
    try (InputStream cluster =
        Objects.requireNonNull(Rehearsal.class.getResourceAsStream(CLUSTER))) {
      return DumpReader.read(List.of("-"), null, cluster, Instant.EPOCH);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static Decision decide(Dump dump) {
    return Decider.decide(dump.snapshot(), AutoscalerState.EMPTY, dump.policy(), Instant.EPOCH);
  }
}
