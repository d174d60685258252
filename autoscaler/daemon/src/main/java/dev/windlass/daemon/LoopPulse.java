package dev.windlass.daemon;

import dev.windlass.daemon.http.Health;
import dev.windlass.engine.Pacing;
import dev.windlass.engine.Tick;
import dev.windlass.engine.TickListener;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Whether the loop still ticks. Where none ended for a while, or all failed for a long while, only
 * a new process helps. A process that doesn't lead has no loop, and nothing is wrong with that.
 */
final class LoopPulse implements TickListener {
  /** A tick of the largest cluster, and what it waits for, ends long before. */
  static final Duration MAX_SILENCE = Duration.ofMinutes(2);

  /** Cluster Autoscaler's {@code --max-failing-time}. */
  static final Duration MAX_FAILING = Duration.ofMinutes(15);

  private final InstantSource clock;
  private final Duration maxSilence;
  private volatile @Nullable Beat beat;

  /** When a tick ended last, and when one succeeded last; of a loop that began, its begin. */
  private record Beat(Instant ended, Instant succeeded) {}

  LoopPulse(InstantSource clock, Pacing pacing) {
    this.clock = clock;
    maxSilence = MAX_SILENCE.plus(pacing.interval());
  }

  /** The loop begins. */
  void began() {
    Instant now = clock.instant();
    beat = new Beat(now, now);
  }

  /** The loop has been told to end. */
  void ended() {
    beat = null;
  }

  @Override
  public void ticked(Tick tick) {
    began();
  }

  /** A tick ended, but failed. */
  void failed() {
    Beat before = beat;
    if (before != null) {
      beat = new Beat(clock.instant(), before.succeeded());
    }
  }

  Health health() {
    Beat last = beat;
    if (last == null) {
      return new Health(true, "ok, standing by");
    }
    Instant now = clock.instant();
    Duration silence = Duration.between(last.ended(), now);
    if (silence.compareTo(maxSilence) > 0) {
      return new Health(
          false, "no tick ended for " + silence.toSeconds() + " s: more than " + maxSilence);
    }
    Duration failing = Duration.between(last.succeeded(), now);
    if (failing.compareTo(MAX_FAILING) > 0) {
      return new Health(
          false, "every tick failed for " + failing.toSeconds() + " s: more than " + MAX_FAILING);
    }
    return new Health(true, "ok");
  }
}
