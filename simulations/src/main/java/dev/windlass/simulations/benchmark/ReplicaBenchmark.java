package dev.windlass.simulations.benchmark;

import dev.windlass.core.model.AutoscalerState;
import dev.windlass.core.model.ClusterSnapshot;
import dev.windlass.core.model.Policy;
import dev.windlass.core.model.Source;
import dev.windlass.core.replicas.ReplicaPlan;
import dev.windlass.core.replicas.ReplicaPlanner;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Replicas alone: every scaler of a fleet decided once, each tick remembering the one before. Its
 * share of a core is this time over the tick.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 20)
@Measurement(iterations = 25)
@Fork(
    value = 1,
    jvmArgs = {"-Xmx1g", "-XX:+UseSerialGC"})
public class ReplicaBenchmark {
  private static final long TICK_SECONDS = 15;

  /** How many scalers. */
  @Param("10000")
  public int scalers;

  private ClusterSnapshot snapshot;
  private AutoscalerState state = AutoscalerState.EMPTY;
  private Instant now = ClusterBuilder.NOW;

  /** Made by JMH, which then sets the fields. */
  @SuppressWarnings("NullAway.Init")
  public ReplicaBenchmark() {}

  /** Makes the fleet. */
  @Setup(Level.Trial)
  public void makeFleet() {
    snapshot = ScalerFleet.of(scalers, 42);
  }

  /** Lets time pass; the metrics are of that time again. */
  @Setup(Level.Invocation)
  public void nextTick() {
    now = now.plusSeconds(TICK_SECONDS);
    snapshot =
        new ClusterSnapshot(
            snapshot.workloads(),
            snapshot.capacity(),
            snapshot.scaling(),
            snapshot.gpu(),
            Map.of(Source.METRICS, now));
  }

  /** Decides. */
  @Benchmark
  public ReplicaPlan plan() {
    ReplicaPlan plan = ReplicaPlanner.plan(snapshot, state, Policy.DEFAULT, now);
    state = new AutoscalerState(Map.of(), Map.of(), Map.of(), plan.histories(), Map.of());
    return plan;
  }
}
