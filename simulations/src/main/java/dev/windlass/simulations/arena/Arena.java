package dev.windlass.simulations.arena;

import dev.windlass.core.model.Offering;
import dev.windlass.daemon.resource.NodeGroupResource;
import dev.windlass.simulations.cloud.CloudOrder;
import dev.windlass.simulations.controlplane.AuditTrail;
import dev.windlass.simulations.controlplane.Binaries;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What a script does on the stage, and what is noted meanwhile. */
final class Arena implements AutoCloseable {
  private static final int WRITERS = 16;

  private final Stage stage;
  private final Diary diary;
  private final Bill bill;
  private final Instant begin;
  private final int callsBefore;
  private final Duration cpuBefore;
  private final List<String> reasons = new ArrayList<>();
  private int expected;
  private double plateau;
  private double bound;
  private Instant lastArrival = Instant.MAX;

  private Arena(Stage stage) {
    this.stage = stage;
    diary = new Diary(stage.admin(), stage.clock());
    bill =
        new Bill(
            stage.cloud(),
            stage.groups().stream().map(group -> group.cloudId()).toList(),
            stage.clock());
    callsBefore = stage.trail().calls().size();
    cpuBefore = stage.daemon().cpu();
    begin = stage.clock().instant();
  }

  /**
   * Plays a workload once.
   *
   * @param folder an empty folder for the files of all processes
   * @param seed of how late GPUs are
   */
  static Result play(
      Binaries binaries, Workload workload, Settings settings, Path folder, long seed)
      throws IOException, InterruptedException {
    try (Stage stage = new Stage(binaries, folder, settings, seed);
        Arena arena = new Arena(stage)) {
      workload.play(arena);
      return arena.result(workload, settings);
    }
  }

  /** Submits pods at once, and expects them to run. */
  void submit(List<Pod> pods) {
    submitObjects(pods, pods.size());
  }

  /** Submits objects at once of which so many pods come. */
  void submitObjects(List<? extends HasMetadata> objects, int pods) {
    expected += pods;
    try (ExecutorService writers = Executors.newFixedThreadPool(WRITERS)) {
      objects.forEach(object -> writers.execute(() -> stage.admin().resource(object).create()));
    }
  }

  /** Waits until every pod runs; goes on when that takes too long. */
  void awaitRunning(Duration patience) throws InterruptedException {
    Patience.within(patience, () -> diary.allRun(expected));
  }

  void hold(Duration duration) throws InterruptedException {
    Thread.sleep(duration);
  }

  /** Waits until this much of the script is over. */
  void holdUntil(Duration sinceBegin) throws InterruptedException {
    Duration left = Duration.between(stage.clock().instant(), begin.plus(sinceBegin));
    if (left.isPositive()) {
      Thread.sleep(left);
    }
  }

  /** Pods that arrive from now on take the place of others, and their waits do not count. */
  void stopClock() {
    lastArrival = stage.clock().instant();
  }

  /** Notes what the machines cost now that all pods run; the dearest plateau counts. */
  void markPlateau(double lowerBound) {
    double now = stage.cloud().hourlyCost().usdPerHour();
    if (now >= plateau) {
      plateau = now;
      bound = lowerBound;
    }
  }

  double bound(List<Pod> pods) {
    return LowerBound.usdPerHour(pods, offerings());
  }

  double cheapestMachine() {
    return offerings().stream()
        .mapToDouble(offering -> offering.price().usdPerHour())
        .min()
        .orElseThrow();
  }

  private List<Offering> offerings() {
    return stage.groups().stream().flatMap(group -> group.offerings().stream()).toList();
  }

  /** Deletes every pod of the workload. */
  void deletePods() {
    expected = 0;
    try (ExecutorService writers = Executors.newFixedThreadPool(WRITERS)) {
      diary
          .present()
          .forEach(pod ->
              writers.execute(() -> stage.admin().resource(pod).withGracePeriod(0).delete()));
    }
  }

  void scale(String deployment, int replicas) {
    stage
        .admin()
        .apps()
        .deployments()
        .inNamespace(ArenaPods.NAMESPACE)
        .withName(deployment)
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"spec\": {\"replicas\": %d}}".formatted(replicas));
  }

  /** Lets a node group have no more nodes than this. */
  void limit(String group, int maxNodes) {
    stage
        .admin()
        .resources(NodeGroupResource.class)
        .withName(group)
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"spec\": {\"maxSize\": %d}}".formatted(maxNodes));
  }

  /** Asks the daemon why a pod is pending. */
  void explain(Pod pod) {
    reasons.add(WhyPending.ask(stage.daemon().address(), pod));
  }

  private Result result(Workload workload, Settings settings) {
    Result.Cost cost = new Result.Cost(plateau, bound, bill.usd());
    Duration cpu = stage.daemon().cpu().minus(cpuBefore);
    List<AuditTrail.Call> calls = stage.trail().calls();
    Result.Traffic traffic =
        new Result.Traffic(
            evictions(calls, 201),
            evictions(calls, 429),
            calls.size() - callsBefore,
            cpu,
            cpuBefore);
    stage.takeFailures().forEach(failure -> reasons.add("unexpected answer: " + failure));
    return new Result(workload, settings, waits(), purchases(), cost, traffic, reasons);
  }

  private static int evictions(List<AuditTrail.Call> calls, int status) {
    return (int)
        calls.stream()
            .filter(call -> call.resource().equals("pods/eviction") && call.status() == status)
            .count();
  }

  private Result.Purchases purchases() {
    List<CloudOrder> orders = stage.cloud().orders();
    int bought = growth(orders);
    int late = growth(orders.stream().filter(order -> order.at().isAfter(firstRun())).toList());
    int left = stage.cloud().targets().values().stream().mapToInt(Integer::intValue).sum();
    return new Result.Purchases(bought, late, bought - diary.usedNodes().size(), left);
  }

  private static int growth(List<CloudOrder> orders) {
    return orders.stream().mapToInt(order -> Math.max(0, order.to() - order.from())).sum();
  }

  private Instant firstRun() {
    return diary.entries(Instant.MAX).stream()
        .flatMap(entry -> Stream.ofNullable(entry.running()))
        .min(Comparator.naturalOrder())
        .orElse(Instant.MAX);
  }

  private Result.Waits waits() {
    List<Diary.Entry> all = diary.entries(lastArrival);
    List<Duration> running =
        all.stream()
            .flatMap(entry ->
                Stream.ofNullable(entry.running())
                    .map(since -> Duration.between(entry.arrived(), since)))
            .toList();
    return new Result.Waits(
        Result.Spread.of(running), Result.Spread.of(own(all)), all.size() - running.size());
  }

  /**
   * The n-th pod waits until the n-th place is ordered: kube-scheduler fills machines in an order
   * of its own. What came or was ordered after a pod ran is left out.
   */
  private List<Duration> own(List<Diary.Entry> pods) {
    Instant first = firstRun();
    Map<String, Instant> ordered = bill.ordered();
    List<Diary.Entry> burst = pods.stream().filter(pod -> pod.arrived().isBefore(first)).toList();
    List<Instant> arrivals = burst.stream().map(Diary.Entry::arrived).sorted().toList();
    List<Instant> places =
        burst.stream()
            .flatMap(pod -> Stream.ofNullable(ordered.get(pod.node())))
            .filter(first::isAfter)
            .sorted()
            .toList();
    return IntStream.range(0, places.size())
        .mapToObj(n -> Duration.between(arrivals.get(n), places.get(n)))
        .map(wait -> wait.isNegative() ? Duration.ZERO : wait)
        .toList();
  }

  @Override
  public void close() {
    bill.close();
    diary.close();
  }
}
