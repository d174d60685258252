package dev.windlass.engine;

import dev.windlass.core.action.Action;
import dev.windlass.core.decision.Decider;
import dev.windlass.core.decision.Decision;
import dev.windlass.core.model.AutoscalerState;
import dev.windlass.core.model.ClusterSnapshot;
import dev.windlass.core.model.Policy;
import dev.windlass.core.scheduling.ClusterMaps;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/**
 * The tick: observe once, decide in one pure function ({@link Decider}), hand the actions over.
 * Production, dry-run, demo and simulation all run this class; they differ in their ports.
 */
public final class ControlLoop {
  private final ClusterObserver observer;
  private final ActionDispatcher dispatcher;
  private final Supplier<Policy> policy;
  private final InstantSource clock;
  private final Instruments instruments;
  private final List<TickListener> listeners;

  private final ClusterMaps maps = new ClusterMaps();
  private AutoscalerState state = AutoscalerState.EMPTY;
  private long ticks;

  public ControlLoop(
      ClusterObserver observer,
      ActionDispatcher dispatcher,
      Supplier<Policy> policy,
      InstantSource clock,
      Instruments instruments,
      List<TickListener> listeners) {
    this.observer = observer;
    this.dispatcher = dispatcher;
    this.policy = policy;
    this.clock = clock;
    this.instruments = instruments;
    this.listeners = List.copyOf(listeners);
  }

  /** One pass. What goes wrong leaves state and world as they were and reaches the caller. */
  public Tick tick() {
    long begin = System.nanoTime();
    ClusterSnapshot snapshot = observer.observe();
    long observed = System.nanoTime();
    Instant now = clock.instant();
    Decision decision = Decider.decide(snapshot, state, policy.get(), now, maps);
    long decided = System.nanoTime();
    List<Action> overflow = dispatcher.dispatch(decision.actions());
    state = decision.next();
    ticks++;
    Tick tick =
        new Tick(
            ticks,
            snapshot,
            decision,
            overflow,
            new Tick.Took(
                Duration.ofNanos(observed - begin), Duration.ofNanos(decided - observed)));
    instruments.ticked(tick);
    listeners.forEach(listener -> listener.ticked(tick));
    return tick;
  }

  /**
   * Ticks until the thread is interrupted. A tick that fails is counted and touches nothing; the
   * next one is the retry.
   */
  public void run(Pacing pacing, WakeUp wakeUp) throws InterruptedException {
    while (!Thread.currentThread().isInterrupted()) {
      try {
        tick();
      } catch (RuntimeException failure) {
        instruments.failed(failure);
      }
      if (wakeUp.await(pacing.interval())) {
        wakeUp.gather(pacing.gather());
      }
    }
  }

  /** Forgets everything, as a restart would: after leadership was lost and won again. */
  public void forget() {
    state = AutoscalerState.EMPTY;
  }
}
