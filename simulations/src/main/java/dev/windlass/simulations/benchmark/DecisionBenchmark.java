package dev.windlass.simulations.benchmark;

import dev.windlass.core.decision.Decider;
import dev.windlass.core.decision.Decision;
import dev.windlass.core.model.AutoscalerState;
import dev.windlass.core.model.ClusterSnapshot;
import dev.windlass.core.model.Node;
import dev.windlass.core.model.Pod;
import dev.windlass.core.model.Source;
import dev.windlass.core.scheduling.ClusterMaps;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * One whole decision about a row's cluster, from the decoded objects to the plan. Where the row is
 * about a cluster that does not change, each decision follows the one before, ten seconds later;
 * else each begins without memory.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class DecisionBenchmark {
  private static final Duration TICK = Duration.ofSeconds(10);

  /** The name of the row. */
  @Param("equal-pods")
  public String row;

  /** Where chance begins. */
  @Param("42")
  public long seed;

  private Row measured;
  private ClusterSnapshot snapshot;
  private AutoscalerState state = AutoscalerState.EMPTY;
  private ClusterMaps maps = new ClusterMaps();
  private Instant now = ClusterBuilder.NOW;
  private long pending;
  private double inputMebibytes;

  /** Made by JMH, which then sets the fields. */
  @SuppressWarnings("NullAway.Init")
  public DecisionBenchmark() {}

  /** What is reported beside the time, for each decision. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class Beside {
    /** Processor time of the whole process, its compiler and collector included. */
    public double cpuMillis;

    /** Pods that wait. */
    public double pods;

    /** Nodes bought, less those that can go. */
    public double nodes;

    /** What the nodes that are bought cost. */
    public double usdPerHour;

    /** Pods that got no place. */
    public double unhelped;

    /** What the cluster itself takes of the heap. */
    public double inputMebibytes;

    /** The most that was used of the heap so far, what nobody needed any more included. */
    public double peakMebibytes;
  }

  /** Makes the cluster. */
  @Setup(Level.Trial)
  public void makeCluster() {
    measured = Rows.named(row).orElseThrow();
    snapshot = measured.cluster().apply(seed);
    pending = snapshot.workloads().pods().stream().filter(Pod::isPending).count();
    inputMebibytes = ProcessFigures.usedMebibytes();
    ProcessFigures.forgetPeak();
  }

  /** Lets time pass. */
  @Setup(Level.Invocation)
  public void nextTick() {
    if (measured.followsItself()) {
      now = now.plus(TICK);
      snapshot =
          new ClusterSnapshot(
              copied(snapshot.workloads()),
              copied(snapshot.capacity()),
              snapshot.scaling(),
              snapshot.gpu(),
              Map.of(Source.KUBERNETES, now, Source.CLOUD, now));
    }
  }

  /** The same pods in a new list, so that they have to be compared one by one. */
  private static ClusterSnapshot.Workloads copied(ClusterSnapshot.Workloads workloads) {
    return new ClusterSnapshot.Workloads(
        new ArrayList<>(workloads.pods()),
        workloads.podGroups(),
        workloads.daemonSets(),
        workloads.budgets(),
        workloads.namespaceLabels(),
        workloads.storage(),
        workloads.devices());
  }

  /** The same machines, some of which have just said that they are alive. */
  private static ClusterSnapshot.Capacity copied(ClusterSnapshot.Capacity capacity) {
    List<Node> nodes = new ArrayList<>(capacity.nodes());
    for (int beating = 0; beating < nodes.size(); beating += 100) {
      nodes.set(beating, ClusterBuilder.readAgain(nodes.get(beating)));
    }
    return new ClusterSnapshot.Capacity(
        nodes,
        new ArrayList<>(capacity.groups()),
        new ArrayList<>(capacity.instances()),
        capacity.failures());
  }

  /** Decides. */
  @Benchmark
  public Decision decide(Beside beside) {
    long begin = ProcessFigures.cpuNanos();
    Decision decision = Decider.decide(snapshot, state, measured.policy(), now, maps);
    beside.cpuMillis = (ProcessFigures.cpuNanos() - begin) / 1e6;
    Quality quality = Quality.of(decision);
    beside.pods = pending;
    beside.nodes = quality.nodes();
    beside.usdPerHour = quality.usdPerHour();
    beside.unhelped = quality.unhelped();
    beside.inputMebibytes = inputMebibytes;
    beside.peakMebibytes = ProcessFigures.peakMebibytes();
    if (measured.followsItself()) {
      state = decision.next();
    } else {
      maps = new ClusterMaps();
    }
    return decision;
  }
}
