package dev.windlass.core.decision;

import dev.windlass.core.action.Action;
import dev.windlass.core.decision.Decision.Deferred;
import dev.windlass.core.gpu.GpuPlan;
import dev.windlass.core.gpu.GpuPlanner;
import dev.windlass.core.gpu.GpuQuarantine;
import dev.windlass.core.gpu.GpuStandings;
import dev.windlass.core.gpu.GpuSurge;
import dev.windlass.core.gpu.WarmNodes;
import dev.windlass.core.model.AutoscalerState;
import dev.windlass.core.model.AutoscalerState.Backoff;
import dev.windlass.core.model.AutoscalerState.Growth;
import dev.windlass.core.model.ClusterSnapshot;
import dev.windlass.core.model.NodeGroupName;
import dev.windlass.core.model.Pod;
import dev.windlass.core.model.Policy;
import dev.windlass.core.model.Source;
import dev.windlass.core.replicas.Lookahead;
import dev.windlass.core.replicas.ReplicaPlan;
import dev.windlass.core.replicas.ReplicaPlanner;
import dev.windlass.core.scaledown.ScaleDownPlan;
import dev.windlass.core.scaledown.ScaleDownPlanner;
import dev.windlass.core.scaleup.GroupIncrease;
import dev.windlass.core.scaleup.ScaleUpPlan;
import dev.windlass.core.scaleup.ScaleUpPlanner;
import dev.windlass.core.scheduling.ClusterMap;
import dev.windlass.core.scheduling.ClusterMaps;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The whole decision, as one pure function. Replicas come first, and the pods that they are about
 * to create need nodes like any other; a GPU machine counts as far as its bootstrap has come; what
 * scale-up counts on is not removed.
 */
public final class Decider {
  private Decider() {}

  /**
   * Decides.
   *
   * @param snapshot the world, read once
   * @param state what the decision before remembered
   * @param policy the rules that hold for the whole cluster
   * @param now the decision's time
   */
  public static Decision decide(
      ClusterSnapshot snapshot, AutoscalerState state, Policy policy, Instant now) {
    return decide(snapshot, state, policy, now, new ClusterMaps());
  }

  /**
   * Decides the same, and sooner when the cluster is the one that it was before.
   *
   * @param maps the maps of the decisions before this one; not to be shared between threads
   */
  public static Decision decide(
      ClusterSnapshot read, AutoscalerState state, Policy policy, Instant now, ClusterMaps maps) {
    ClusterSnapshot observed = EarlyNotices.heeded(read);
    DefaultSpread defaults = new DefaultSpread(policy.scaleUp().defaultSpread());
    Staleness stale = Staleness.of(observed, policy, now);
    GpuPlan gpu = GpuPlanner.plan(observed, state, policy, now);
    ClusterSnapshot snapshot = GpuQuarantine.close(defaults.fill(observed), gpu.state(), now);

    ReplicaPlan wanted =
        stale.of(Source.KUBERNETES)
            ? ReplicaPlan.NOTHING
            : ReplicaPlanner.plan(snapshot, state, policy, now);
    List<Pod> coming = new ArrayList<>(Lookahead.podsToCome(wanted, snapshot, now));
    gpu.retiring().forEach(each -> coming.addAll(each.podsToCome(now)));
    coming.addAll(DisplacedPods.of(snapshot, now));
    coming.addAll(WarmNodes.podsToCome(snapshot, policy, now));
    List<Pod> toCome = defaults.fill(coming);
    Map<NodeGroupName, List<Backoff>> backoffs =
        NextState.backoffs(snapshot, state, gpu.failuresAt(now), policy.scaleUp(), now);
    AutoscalerState failed =
        state
            .withGpu(gpu.state())
            .withBackoffs(
                NextState.withExhausted(
                    backoffs, GpuStandings.of(snapshot, state, policy, now).exhausted()));
    ClusterMap map = maps.of(snapshot, failed, toCome, now);
    ScaleUpPlan scaleUp =
        stale.blocksNodes()
            ? BlockedNodes.scaleUp(map, policy.scaleUp(), stale.message())
            : ScaleUpPlanner.plan(map, toCome, failed, policy, now);
    ReplicaPlan replicas =
        ReplicaPlanner.within(
            wanted, Shortages.of(scaleUp.unhelped(), failed), snapshot, state, policy, now);
    AutoscalerState grown = failed.withLastScaleUp(NextState.lastScaleUp(map, state, scaleUp, now));

    ScaleDownPlan scaleDown =
        stale.blocksNodes()
            ? BlockedNodes.scaleDown(map, state, stale.message())
            : ScaleDownPlanner.plan(map, scaleUp, grown, policy, now);
    List<Action> surge = GpuSurge.release(gpu.retiring(), scaleUp, map, now);

    List<Deferred> deferred = new ArrayList<>();
    stale
        .findings()
        .forEach(each -> deferred.add(new Deferred(each.source().name(), each.message())));
    scaleUp.deferred().forEach(each -> deferred.add(new Deferred("scale-up", each)));
    AutoscalerState next =
        new AutoscalerState(
            scaleDown.unneededSince(),
            backoffs,
            grown.lastScaleUp(),
            stale.of(Source.KUBERNETES) ? state.scalers() : replicas.histories(),
            gpu.state(),
            stale.blocksNodes() ? state.planned() : scaleUp.planned(),
            Growths.next(snapshot, state, scaleUp, scaleDown, now));
    return new Decision(
        now,
        new Decision.Plans(replicas, scaleUp, scaleDown, gpu),
        actions(
            new Decision.Plans(replicas, scaleUp, scaleDown, gpu), surge, next.growths(), stale),
        deferred,
        next);
  }

  /** In the order of the plans, each effect once, without what old input forbids. */
  private static List<Action> actions(
      Decision.Plans plans,
      List<Action> surge,
      Map<NodeGroupName, Growth> growths,
      Staleness stale) {
    List<Action> all = new ArrayList<>(plans.replicas().actions());
    for (GroupIncrease increase : plans.scaleUp().increases()) {
      all.add(
          new Action.IncreaseGroup(
              increase.nodeGroup(),
              increase.from(),
              increase.to(),
              increase.variants(),
              Growths.of(growths, increase).since(),
              increase.reason()));
    }
    all.addAll(plans.scaleDown().steps());
    all.addAll(plans.gpu().steps());
    all.addAll(surge);
    Map<String, Action> once = new LinkedHashMap<>();
    for (Action action : all) {
      if (!isForbidden(action, stale)) {
        once.putIfAbsent(action.id().value(), action);
      }
    }
    return List.copyOf(once.values());
  }

  /** The dangerous half of the actions needs fresh input. */
  private static boolean isForbidden(Action action, Staleness stale) {
    return switch (action) {
      case Action.TaintForRemoval _,
          Action.EvictPod _,
          Action.RepairGpuNode _,
          Action.DeleteInstance _,
          Action.DeleteNodeObject _,
          Action.IncreaseGroup _ ->
          stale.blocksNodes();
      case Action.ScaleWorkload scale -> stale.of(Source.METRICS) && scale.to() < scale.from();
      case Action.CancelRemoval _,
          Action.AnnotateNode _,
          Action.StartGpuStep _,
          Action.ChangeGpuTaint _,
          Action.ReportGpuHealth _,
          Action.OpenGpuNode _ ->
          stale.of(Source.KUBERNETES);
    };
  }
}
