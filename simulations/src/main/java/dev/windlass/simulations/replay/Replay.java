package dev.windlass.simulations.replay;

import dev.windlass.core.decision.Decision;
import dev.windlass.core.gpu.GpuPlan;
import dev.windlass.core.model.GpuStack;
import dev.windlass.core.model.NodeGroup;
import dev.windlass.core.model.Policy;
import dev.windlass.core.scaledown.ScaleDownPlan;
import dev.windlass.core.scaleup.GroupIncrease;
import dev.windlass.core.scaleup.Unhelped;
import dev.windlass.engine.ActionDispatcher;
import dev.windlass.engine.ControlLoop;
import dev.windlass.engine.Instruments;
import dev.windlass.engine.Tick;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Runs a workload to its end through the production engine. */
final class Replay {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration INTERVAL = Duration.ofSeconds(10);
  private static final Duration GATHER = Duration.ofMillis(100);

  /** A workload that has not come to rest after so many ticks never will. */
  private static final int MAX_TICKS = 2_000_000;

  private final VirtualTime time = new VirtualTime(START);
  private final Ledger ledger = new Ledger();
  private final VirtualWorld world;
  private final ControlLoop loop;
  private final int podCount;
  private final Map<String, List<Unhelped.Reason>> unhelped = new HashMap<>();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private double firstPlanUsdPerHour;
  private int largestFleet;
  private long ticks;
  private long decideNanos;
  private long slowestNanos;

  /**
   * What is replayed.
   *
   * @param pods the workload
   * @param groups what may be bought
   * @param stacks how GPU nodes are made
   * @param policy the rules
   * @param seed of the world's delays
   */
  record Setup(
      List<TracePod> pods,
      List<NodeGroup> groups,
      List<GpuStack> stacks,
      Policy policy,
      long seed) {
    Setup {
      pods = List.copyOf(pods);
      groups = List.copyOf(groups);
      stacks = List.copyOf(stacks);
    }
  }

  private Replay(Setup setup) {
    world =
        new VirtualWorld(
            time, new WorldDelays(setup.seed()), ledger, setup.groups(), setup.stacks());
    podCount = setup.pods().size();
    setup.pods().forEach(pod -> world.expect(pod, START));
    loop =
        new ControlLoop(
            world,
            new ActionDispatcher(world, Runnable::run, Integer.MAX_VALUE, _ -> {}),
            setup::policy,
            time,
            new Instruments(meters, failure -> {}),
            List.of());
  }

  /** Runs it. */
  static ReplayReport run(Setup setup) {
    long begin = System.nanoTime();
    Replay replay = new Replay(setup);
    replay.run();
    return replay.report(setup, Duration.ofNanos(System.nanoTime() - begin));
  }

  private void run() {
    Instant next = START;
    while (next != null && ticks < MAX_TICKS) {
      time.advance(next);
      world.takeArrived();
      next = next(tick());
    }
    world.settle();
  }

  private Tick tick() {
    Tick tick = loop.tick();
    ticks++;
    decideNanos += tick.took().decide().toNanos();
    slowestNanos = Math.max(slowestNanos, tick.took().decide().toNanos());
    largestFleet = Math.max(largestFleet, world.nodes().size());
    Decision decision = tick.decision();
    if (firstPlanUsdPerHour == 0) {
      for (GroupIncrease increase : decision.plans().scaleUp().increases()) {
        firstPlanUsdPerHour += increase.hourlyCost().usdPerHour();
      }
    }
    unhelped.clear();
    decision
        .plans()
        .scaleUp()
        .unhelped()
        .forEach(each -> unhelped.put(each.pod().name(), each.reasons()));
    return tick;
  }

  /**
   * When the engine ticks again: on the next pod that arrives, else one interval later; and where
   * nothing is going on, no sooner than something can change.
   */
  private @Nullable Instant next(Tick tick) {
    Instant regular = tick.decision().at().plus(INTERVAL);
    Instant event = time.next();
    if (tick.decision().actions().isEmpty()) {
      Optional<Instant> timer = earliestTimer(tick.decision());
      Instant change = earlier(event, timer.orElse(null));
      if (change == null) {
        return null;
      }
      regular = change.isAfter(regular) ? change : regular;
    }
    while (event != null && event.isBefore(regular)) {
      time.advance(event);
      if (world.takeArrived()) {
        return event.plus(GATHER);
      }
      event = time.next();
    }
    return regular;
  }

  private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.isBefore(other) ? one : other;
  }

  /** The earliest time that a decision itself names. */
  private static Optional<Instant> earliestTimer(Decision decision) {
    Stream<Instant> kept =
        decision.plans().scaleDown().kept().stream()
            .map(ScaleDownPlan.Kept::until)
            .filter(Objects::nonNull);
    Stream<Instant> deadlines =
        decision.plans().gpu().machines().stream()
            .map(GpuPlan.Machine::progress)
            .map(GpuPlan.Progress::deadline)
            .filter(Objects::nonNull);
    Stream<Instant> backoffs =
        decision.next().backoffs().values().stream()
            .flatMap(List::stream)
            .map(backoff -> backoff.until());
    return Stream.of(kept, deadlines, backoffs)
        .flatMap(each -> each)
        .filter(each -> each.isAfter(decision.at()))
        .min(Instant::compareTo);
  }

  private ReplayReport report(Setup setup, Duration wall) {
    Map<String, String> never = new TreeMap<>();
    for (VirtualPod pod : world.pods()) {
      if (pod.node() == null) {
        never.put(pod.trace().name(), why(pod.trace().name()));
      }
    }
    return new ReplayReport(
        new ReplayReport.Pods(podCount, ledger.starts(), world.evictions(), never),
        new ReplayReport.Cost(firstPlanUsdPerHour, ledger.usd(), largestFleet, ledger.nodeHours()),
        new ReplayReport.Waits(
            ledger.waitSeconds(0.5), ledger.waitSeconds(0.95), ledger.waitSeconds(0.99)),
        new ReplayReport.Utilization(ledger.cpuUtilization(), ledger.gpuUtilization()),
        setup.seed(),
        Duration.between(START, time.instant()).toSeconds(),
        new ReplayReport.Timing(
            ticks, wall.toMillis() / 1000.0, decideNanos / 1e9, slowestNanos / 1e9));
  }

  private String why(String pod) {
    List<Unhelped.Reason> reasons = unhelped.getOrDefault(pod, List.of());
    return reasons.isEmpty()
        ? "it was about to start when the replay ended"
        : reasons.stream()
            .map(reason -> reason.nodeGroup() + ": " + reason.rule().title())
            .distinct()
            .limit(20)
            .reduce((left, right) -> left + ", " + right)
            .orElse("");
  }
}
