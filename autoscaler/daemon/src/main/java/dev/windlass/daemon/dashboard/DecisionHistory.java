package dev.windlass.daemon.dashboard;

import dev.windlass.core.replicas.ReplicaDecision;
import dev.windlass.engine.ActionOutcome;
import dev.windlass.engine.Tick;
import dev.windlass.engine.TickListener;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What has been decided lately and what came of it, within {@link HistoryLimits}. Is told by the
 * loop and by the dispatcher, and asked by the HTTP endpoints, each on threads of its own.
 */
public final class DecisionHistory implements TickListener {
  private final Supplier<DaemonFacts> facts;
  private final InstantSource clock;
  private final HistoryLimits limits;
  private final Executor background;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final DecisionLog log;
  private final ChangePoints<SeriesPoint> series;
  private final Map<String, ChangePoints<ReplicaPoint>> replicas = new HashMap<>();
  private final PhaseTimes phaseTimes = new PhaseTimes();
  private final Archive archive;
  private final AtomicBoolean archiving = new AtomicBoolean();
  private @Nullable Tick latest;
  private long logRevision;

  /**
   * An empty history.
   *
   * @param facts about the daemon; asked whenever a document is made
   * @param clock dates outcomes
   * @param limits how much is remembered
   * @param background runs the archiving of past states, one at a time
   */
  public DecisionHistory(
      Supplier<DaemonFacts> facts, InstantSource clock, HistoryLimits limits, Executor background) {
    this.facts = facts;
    this.clock = clock;
    this.limits = limits;
    this.background = background;
    log = new DecisionLog(limits.logEntries(), limits.age());
    series =
        new ChangePoints<>(
            limits.seriesPoints(), limits.age(), SeriesPoint::at, SeriesPoint::sameAs);
    archive = new Archive(limits.archiveBytes());
  }

  /** With default limits; archives on a virtual thread. */
  public static DecisionHistory of(Supplier<DaemonFacts> facts, InstantSource clock) {
    return new DecisionHistory(
        facts, clock, HistoryLimits.DEFAULT, task -> Thread.ofVirtual().start(task));
  }

  /**
   * Which decision and which state of the log.
   *
   * @param decision the newest tick's number, 0 before the first
   * @param log counts changes of the log
   */
  public record Revision(long decision, long log) {
    public static final Revision NONE = new Revision(0, 0);
  }

  @Override
  public void ticked(Tick tick) {
    SeriesPoint point = PendingSection.point(tick);
    boolean news;
    lock.lock();
    try {
      latest = tick;
      series.add(point);
      rememberReplicas(tick);
      phaseTimes.add(tick.decision().plans().gpu());
      news = log.add(tick);
      logRevision += news ? 1 : 0;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    if (news) {
      archive(tick.number());
    }
  }

  /** Notes what came of an action; to be called from the dispatcher's listener. */
  public void outcome(ActionOutcome outcome) {
    lock.lock();
    try {
      if (log.outcome(outcome, clock.instant())) {
        logRevision++;
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until there is something newer than what the caller has seen, at most for the given time.
   *
   * @return the newest; equal to {@code seen} when the time has passed
   * @throws InterruptedException when the server stops
   */
  public Revision awaitNewer(Revision seen, Duration atMost) throws InterruptedException {
    lock.lock();
    try {
      long left = atMost.toNanos();
      while (revision().equals(seen) && left > 0) {
        left = changed.awaitNanos(left);
      }
      return revision();
    } finally {
      lock.unlock();
    }
  }

  /** The clock's time, from which pages count down. */
  public Instant serverTime() {
    return clock.instant();
  }

  /** The history now; empty before the first tick. */
  Optional<HistoryView> view() {
    lock.lock();
    try {
      return Optional.ofNullable(latest).map(this::view);
    } finally {
      lock.unlock();
    }
  }

  /** The state of a past decision that changed something, while it is remembered. */
  Optional<byte[]> past(long decision) {
    return archive.find(decision);
  }

  private HistoryView view(Tick tick) {
    return new HistoryView(
        facts.get(),
        tick,
        log.newestFirst(),
        series.steps(),
        replicas.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().steps())),
        phaseTimes.medians());
  }

  private Revision revision() {
    return latest == null ? Revision.NONE : new Revision(latest.number(), logRevision);
  }

  private void rememberReplicas(Tick tick) {
    Instant now = tick.decision().at();
    for (ReplicaDecision decision : tick.decision().plans().replicas().decisions()) {
      replicas
          .computeIfAbsent(decision.scaler().toString(), _ -> replicaSteps())
          .add(new ReplicaPoint(now, decision.size().current()));
    }
    Set<String> known =
        tick.decision().plans().replicas().decisions().stream()
            .map(decision -> decision.scaler().toString())
            .collect(Collectors.toSet());
    replicas.keySet().retainAll(known);
  }

  private ChangePoints<ReplicaPoint> replicaSteps() {
    return new ChangePoints<>(100, limits.age(), ReplicaPoint::at, ReplicaPoint::sameAs);
  }

  /** Keeps the newest state for later; skipped while an earlier one is still being packed. */
  private void archive(long decision) {
    if (archiving.compareAndSet(false, true)) {
      background.execute(() -> {
        try {
          view()
              .filter(view -> view.tick().number() == decision)
              .ifPresent(view -> archive.add(decision, DashboardState.of(view).body()));
        } finally {
          archiving.set(false);
        }
      });
    }
  }
}
