package dev.windlass.engine;

import dev.windlass.core.action.Action;
import dev.windlass.core.model.Keys;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** The engine's metrics. Tags are bounded: classes of things, never names of pods. */
public final class Instruments {
  private final MeterRegistry registry;
  private final Timer observe;
  private final Timer decide;
  private final Counter failures;
  private final ReplicaInstruments replicas;
  private final GpuInstruments gpu;
  private final AtomicLong pending;
  private final AtomicLong unhelped;
  private final AtomicLong kept;
  private final Consumer<RuntimeException> failureLog;

  /**
   * Registers the meters.
   *
   * @param registry where
   * @param failureLog is told of each failed tick
   */
  public Instruments(MeterRegistry registry, Consumer<RuntimeException> failureLog) {
    this.registry = registry;
    this.failureLog = failureLog;
    observe = registry.timer("windlass.observe");
    decide = registry.timer("windlass.decide");
    failures = registry.counter("windlass.tick.failures");
    replicas = new ReplicaInstruments(registry);
    gpu = new GpuInstruments(registry);
    pending = gauge("windlass.pods.placed");
    unhelped = gauge("windlass.pods.unhelped");
    kept = gauge("windlass.nodes.kept");
  }

  private AtomicLong gauge(String name) {
    AtomicLong value = new AtomicLong();
    registry.gauge(name, value);
    return value;
  }

  /** Records one tick. */
  public void ticked(Tick tick) {
    observe.record(tick.took().observe());
    decide.record(tick.took().decide());
    pending.set(tick.decision().plans().scaleUp().placements().size());
    unhelped.set(tick.decision().plans().scaleUp().unhelped().size());
    kept.set(tick.decision().plans().scaleDown().kept().size());
    replicas.ticked(tick.decision().plans().replicas().decisions());
    gpu.ticked(tick.snapshot(), tick.decision().plans().gpu());
    registry.counter("windlass.actions.deferred").increment(tick.overflow().size());
  }

  /** Records a tick that failed. */
  public void failed(RuntimeException failure) {
    failures.increment();
    failureLog.accept(failure);
  }

  /** Records what came of an action. */
  public void outcome(ActionOutcome outcome) {
    if (outcome instanceof ActionOutcome.Applied(Action.ChangeGpuTaint change)
        && change.taint().equals(Keys.GPU_NOT_READY)) {
      registry.counter("windlass.gpu.startup.taints.late").increment();
    }
    String result =
        switch (outcome) {
          case ActionOutcome.Applied _ -> "applied";
          case ActionOutcome.Refused _ -> "refused";
          case ActionOutcome.Failed _ -> "failed";
        };
    registry
        .counter(
            "windlass.actions",
            "kind",
            outcome.action().getClass().getSimpleName(),
            "result",
            result)
        .increment();
  }
}
