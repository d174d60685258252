package dev.windlass.daemon.dashboard;

import dev.windlass.core.action.Action;
import dev.windlass.core.gpu.GpuPlan;
import dev.windlass.core.model.AutoscalerState.Backoff;
import dev.windlass.core.model.CloudFailure;
import dev.windlass.core.model.ClusterSnapshot;
import dev.windlass.core.model.GpuFailure;
import dev.windlass.core.model.GpuPhase;
import dev.windlass.core.model.GpuStack;
import dev.windlass.core.model.GpuStackName;
import dev.windlass.core.model.Identity;
import dev.windlass.core.model.InstanceId;
import dev.windlass.core.model.NodeGroupName;
import dev.windlass.core.model.NodeName;
import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.model.Price;
import dev.windlass.core.model.Purchase;
import dev.windlass.core.model.ScalerHistory;
import dev.windlass.core.model.Source;
import dev.windlass.core.model.TargetRef;
import dev.windlass.core.model.Variant;
import dev.windlass.core.replicas.ReplicaDecision;
import dev.windlass.core.replicas.ReplicaPlan;
import dev.windlass.core.scaledown.KeptReason;
import dev.windlass.core.scaledown.RemovalReason;
import dev.windlass.core.scaledown.ScaleDownPlan;
import dev.windlass.core.scaleup.GroupIncrease;
import dev.windlass.core.scaleup.PodPlacement;
import dev.windlass.core.scaleup.ScaleUpPlan;
import dev.windlass.core.scaleup.Unhelped;
import dev.windlass.core.scaleup.UnhelpedRule;
import dev.windlass.engine.Tick;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A made-up burst with a row of every kind, to look at the page and to test its document. */
final class PreviewScene {
  private static final GpuStackName STACK = new GpuStackName("l4-container");
  private static final List<GpuPhase> WORK = List.of(GpuPhase.values());
  private static final Map<GpuPhase, Integer> LIMITS =
      Map.of(
          GpuPhase.LAUNCHING, 120,
          GpuPhase.REGISTERING, 180,
          GpuPhase.DRIVER, 270,
          GpuPhase.RUNTIME, 60,
          GpuPhase.DEVICE_PLUGIN, 60,
          GpuPhase.VALIDATING, 120);

  private final FakeCluster cluster = new FakeCluster();
  private final Instant now;
  private final List<Unhelped> unhelped = new ArrayList<>();
  private final List<PodPlacement> placements = new ArrayList<>();

  private PreviewScene(Instant now) {
    this.now = now;
    cluster.now = now;
  }

  /** The burst as it stands at a time. */
  static Tick burst(long number, Instant now) {
    PreviewScene scene = new PreviewScene(now);
    scene.everything();
    return scene.cluster.tick(number);
  }

  /** The burst some time later: what was decided is under way, nothing new is done. */
  static Tick later(long number, Instant now) {
    PreviewScene scene = new PreviewScene(now);
    scene.everything();
    scene.cluster.actions.clear();
    return scene.cluster.tick(number);
  }

  /** The same cluster with nothing to do. */
  static Tick quiet(long number, Instant now) {
    PreviewScene scene = new PreviewScene(now);
    scene.sources();
    scene.groups();
    scene.cluster.backoffs.clear();
    return scene.cluster.tick(number);
  }

  private void everything() {
    sources();
    groups();
    pods();
    gpus();
    kept();
    scalers();
  }

  private void sources() {
    cluster.observedAt.put(Source.KUBERNETES, now.minusMillis(400));
    cluster.observedAt.put(Source.METRICS, now.minusSeconds(6));
    cluster.observedAt.put(Source.CLOUD, now.minusSeconds(3));
  }

  private void groups() {
    cluster
        .group("aws-general", 3, 14, 40, .8064)
        .readyNodes("aws-general", 14)
        .group("aws-gpu-h100", 0, 0, 4, 55.04)
        .group("aws-gpu-l4", 0, 3, 8, 4.6016)
        .readyNodes("aws-gpu-l4", 2)
        .group("aws-spark-spot", 0, 4, 12, .54264)
        .readyNodes("aws-spark-spot", 4)
        .group("azure-gpu-a100", 0, 2, 6, -1)
        .readyNodes("azure-gpu-a100", 2)
        .group("gcp-general", 2, 9, 30, .776944)
        .readyNodes("gcp-general", 9)
        .group("gcp-gpu-l4", 0, 1, 2, 4.001665)
        .readyNodes("gcp-gpu-l4", 1);
    cluster.backoffs.put(
        new NodeGroupName("aws-gpu-h100"),
        new Backoff(
            now.plusSeconds(280),
            3,
            new CloudFailure(CloudFailure.Cause.CAPACITY, "All 3 zones are sold out.")));
    cluster.backoffs.put(
        new NodeGroupName("azure-gpu-a100"),
        new Backoff(
            now.plusSeconds(900),
            1,
            new CloudFailure(
                CloudFailure.Cause.QUOTA, "96 of 96 vCPU of NCADS_A100_v4 are in use.")));
  }

  private void pods() {
    refuse(
        cluster.pending("etl", "daily-joins", 33, FakeCluster.asks(4000, 8, 0), 50),
        "aws-spark-spot",
        UnhelpedRule.MAX_SIZE,
        "12 of 12 nodes, 8 of them on the way.");
    refuse(
        cluster.pending("jupyter", "notebook-gpu", 5, FakeCluster.asks(2000, 16, 1), 690),
        "aws-gpu-h100",
        UnhelpedRule.NODE_SELECTOR,
        "accelerator is nvidia-h100, not nvidia-h200.");
    refuse(
        cluster.pending("research", "diffusion-xl", 4, FakeCluster.asks(64000, 512, 8), 372),
        "aws-gpu-h100",
        UnhelpedRule.BACKOFF,
        "sold out in all 3 zones.");
    List<ObjectKey> spark =
        cluster.pending("etl", "hourly-joins", 56, FakeCluster.asks(4000, 8, 0), 50);
    List<ObjectKey> chat =
        cluster.pending("serve", "llm-chat", 7, FakeCluster.asks(4000, 24, 1), 384);
    place(spark, "aws-spark-spot", 7);
    place(chat, "aws-gpu-l4", 4);
    cluster.scaleUp =
        new ScaleUpPlan(
            List.of(
                increase("aws-spark-spot", 4, 12, .54264, spark),
                increase("aws-gpu-l4", 3, 5, 4.6016, chat)),
            placements,
            unhelped,
            List.of());
    for (GroupIncrease increase : cluster.scaleUp.increases()) {
      cluster.actions.add(
          new Action.IncreaseGroup(
              increase.nodeGroup(),
              increase.from(),
              increase.to(),
              increase.variants(),
              Instant.EPOCH,
              increase.reason()));
    }
  }

  private void refuse(List<ObjectKey> pods, String nearest, UnhelpedRule rule, String message) {
    for (ObjectKey pod : pods) {
      List<Unhelped.Reason> reasons = new ArrayList<>();
      cluster.groups.forEach(group -> {
        boolean near = group.name().value().equals(nearest);
        boolean gpu = group.name().value().contains("gpu");
        reasons.add(
            new Unhelped.Reason(
                group.name(),
                near ? rule : gpu ? UnhelpedRule.TAINT : UnhelpedRule.NODE_AFFINITY,
                near
                    ? message
                    : gpu
                        ? "nvidia.com/gpu:NoSchedule isn’t tolerated."
                        : "pods want pool=spark, the group has pool=general."));
      });
      unhelped.add(new Unhelped(pod, reasons));
    }
  }

  private void place(List<ObjectKey> pods, String group, int perNode) {
    for (int i = 0; i < pods.size(); i++) {
      placements.add(
          new PodPlacement.OnNewNode(pods.get(i), new NodeGroupName(group), i / perNode + 1));
    }
  }

  private static GroupIncrease increase(
      String group, int from, int to, double usd, List<ObjectKey> pods) {
    Variant variant = new Variant(group + ".large", "zone-a", Purchase.ON_DEMAND);
    return new GroupIncrease(
        new NodeGroupName(group),
        from,
        to,
        Map.of(variant, to - from),
        pods,
        Price.ofUsdPerHour(usd * (to - from)),
        "Least cost of the groups that fit " + pods.size() + " pods.");
  }

  private void gpus() {
    List<GpuPlan.Machine> machines = new ArrayList<>();
    machines.add(
        machine(
            "gke-l4-7f3c",
            383,
            new int[] {31, 52, 270},
            GpuPhase.FAILED,
            new GpuFailure(
                GpuPhase.DRIVER,
                "DriverRejected",
                "The kernel refused module nvidia: its Secure Boot key is unknown.")));
    machines.add(
        machine("ip-10-4-33-12", 383, new int[] {44, 58, 125, 23, 32}, GpuPhase.VALIDATING, null));
    machines.add(machine("gke-a100-2b9d", 241, new int[] {52, 64}, GpuPhase.DRIVER, null));
    machines.add(machine("i-0c4f19", 28, new int[] {}, GpuPhase.LAUNCHING, null));
    machines.add(
        machine("ip-10-4-21-87", 383, new int[] {38, 41, 112, 21, 14, 27}, GpuPhase.READY, null));
    List<Action> steps =
        List.of(new Action.OpenGpuNode(new NodeName("ip-10-4-21-87"), Identity.NONE));
    cluster.gpuPlan = new GpuPlan(machines, steps, Map.of());
    cluster.actions.addAll(steps);
    EnumMap<GpuPhase, Duration> deadlines = new EnumMap<>(GpuPhase.class);
    LIMITS.forEach((phase, seconds) -> deadlines.put(phase, Duration.ofSeconds(seconds)));
    cluster.gpu =
        new ClusterSnapshot.Gpu(
            List.of(new GpuStack(STACK, "nvidia.com/gpu", deadlines, 2)), List.of());
  }

  private GpuPlan.Machine machine(
      String name, int age, int[] took, GpuPhase phase, @Nullable GpuFailure failure) {
    EnumMap<GpuPhase, Instant> started = new EnumMap<>(GpuPhase.class);
    Instant at = now.minusSeconds(age);
    for (int i = 0; i <= took.length; i++) {
      boolean last = i == took.length;
      started.put(last ? phase : WORK.get(i), at);
      at = last ? at : at.plusSeconds(took[i]);
    }
    Integer limit = LIMITS.get(phase);
    return new GpuPlan.Machine(
        name,
        new InstanceId(name),
        new NodeGroupName(name.startsWith("gke") ? "gcp-gpu-l4" : "aws-gpu-l4"),
        STACK,
        new GpuPlan.Progress(phase, started, limit == null ? null : at.plusSeconds(limit), failure),
        phase == GpuPhase.FAILED ? "Is replaced by i-0c4f19." : null);
  }

  private void kept() {
    List<ScaleDownPlan.Kept> kept = new ArrayList<>();
    IntStream.rangeClosed(1, 10)
        .forEach(i ->
            kept.add(
                keep(
                    "aws-general",
                    i,
                    KeptReason.UTILIZED,
                    "cpu 71 % of requests is above 50 %.",
                    null)));
    IntStream.rangeClosed(11, 14)
        .forEach(i ->
            kept.add(
                keep(
                    "aws-general",
                    i,
                    KeptReason.DISRUPTION_BUDGET,
                    "Disruption budget web/storefront allows 0 disruptions.",
                    null)));
    IntStream.rangeClosed(2, 6)
        .forEach(i ->
            kept.add(
                keep(
                    "gcp-general",
                    i,
                    KeptReason.UNNEEDED_TIMER,
                    "Unneeded for 8:50 of 10:00.",
                    now.plusSeconds(70L * i))));
    kept.add(
        keep(
            "gcp-general",
            7,
            KeptReason.NO_PLACE_FOR_POD,
            "batch/train-7 fits nowhere else.",
            null));
    ScaleDownPlan.Removal removal =
        new ScaleDownPlan.Removal(
            new NodeName("gcp-general-1"),
            new NodeGroupName("gcp-general"),
            RemovalReason.UNDERUTILIZED,
            List.of(
                new ScaleDownPlan.Move(
                    new ObjectKey("web", "cart-1"), new NodeName("gcp-general-7"))),
            Price.ofUsdPerHour(.776944));
    cluster.scaleDown = new ScaleDownPlan(List.of(removal), kept, Map.of(), List.of());
    cluster.actions.add(
        new Action.TaintForRemoval(
            removal.node(),
            Identity.NONE,
            now,
            "Underutilized for 10:00; its 1 pod fits elsewhere."));
    cluster.actions.add(
        new Action.EvictPod(new ObjectKey("web", "cart-1"), Identity.NONE, removal.node()));
  }

  private static ScaleDownPlan.Kept keep(
      String group, int i, KeptReason reason, String message, @Nullable Instant until) {
    return new ScaleDownPlan.Kept(
        new NodeName(group + "-" + i), new NodeGroupName(group), reason, null, message, until);
  }

  private void scalers() {
    cluster.replicas =
        new ReplicaPlan(
            List.of(
                scaler("api", "gateway", size(14, 10))
                    .metric("cpu", "38%", "60%")
                    .decide("ScaleDownLimit", "Would be 9; the policy allows 4 fewer in 60 s."),
                scaler("ml", "embedder", size(6, 6))
                    .metric("waiting", null, "3")
                    .decide(null, "The scrape fails since 09:44:40: holds."),
                scaler("ingest", "consumer", size(20, 20))
                    .metric("lag", "8400", "5k")
                    .decide("TooManyReplicas", "Would be 34; the maximum is 20."),
                scaler("search", "query", size(9, 9))
                    .metric("latency", "86m", "120m")
                    .decide("ScaleDownStabilized", "Would be 7; the highest of 5 min is 9."),
                scaler("serve", "llm-chat", size(8, 15))
                    .metric("queue", "11200m", "4")
                    .decide("TooManyReplicas", "ceil(8 × 11.2 / 4) = 23; the maximum is 15."),
                scaler("web", "checkout", size(10, 12))
                    .metric("requests", "182", "150")
                    .decide("ScaleUpLimit", "Would be 13; the policy allows 2 more in 15 s."),
                scaler("web", "storefront", size(24, 24))
                    .metric("cpu", "71%", "70%")
                    .decide(null, "Ratio 1.01 is within 10 %.")));
    cluster.actions.add(
        new Action.ScaleWorkload(
            new ObjectKey("serve", "llm-chat"),
            new TargetRef("apps/v1", "Deployment", new ObjectKey("serve", "llm-chat")),
            Identity.NONE,
            8,
            15,
            "ceil(8 × 11.2 / 4) = 23; the maximum is 15."));
  }

  private static ReplicaDecision.Size size(int current, int desired) {
    return new ReplicaDecision.Size(current, desired);
  }

  private static Scaler scaler(String namespace, String name, ReplicaDecision.Size size) {
    return new Scaler(new ObjectKey(namespace, name), size, List.of());
  }

  /** A scaler's decision while it is written. */
  private record Scaler(
      ObjectKey key, ReplicaDecision.Size size, List<ReplicaDecision.MetricProposal> metrics) {
    Scaler metric(String name, @Nullable String value, String target) {
      Integer proposal = value == null ? null : size.desired();
      String error = value == null ? "no pod answered" : null;
      return new Scaler(
          key,
          size,
          List.of(
              new ReplicaDecision.MetricProposal("Pods", name, value, target, proposal, error)));
    }

    ReplicaDecision decide(@Nullable String limitedBy, String reason) {
      return new ReplicaDecision(
          key,
          new TargetRef("apps/v1", "Deployment", key),
          size,
          metrics,
          new ReplicaDecision.Verdict(limitedBy, reason, List.of()),
          ScalerHistory.EMPTY);
    }
  }
}
