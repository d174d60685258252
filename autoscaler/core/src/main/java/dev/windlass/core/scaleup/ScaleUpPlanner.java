package dev.windlass.core.scaleup;

import dev.windlass.core.model.AutoscalerState;
import dev.windlass.core.model.NodeGroup;
import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.model.Pod;
import dev.windlass.core.model.Policy;
import dev.windlass.core.scheduling.ClusterMap;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Decides which node groups grow. Pending pods first go where kube-scheduler will put them anyway:
 * on nodes that are there and on nodes that have been ordered; for the rest nodes are bought, over
 * all groups at once, at the least cost that the search finds.
 */
public final class ScaleUpPlanner {
  private static final int MAX_EXCHANGES = 8;

  private final ClusterMap map;
  private final Market market;
  private final Basket basket;
  private final Buyer buyer;
  private final UnhelpedReasons reasons;
  private final List<Unhelped> unhelped = new ArrayList<>();
  private final Set<Demand.Unit> forgone = new HashSet<>();

  private ScaleUpPlanner(ClusterMap map, AutoscalerState state, Policy policy, Instant now) {
    this.map = map;
    market = new Market(map, state, policy.scaleUp().maxNewNodes(), now);
    basket = new Basket(map.workspace(), market);
    buyer = new Buyer(map.workspace(), market, basket, new Reservations(map, state.planned()));
    reasons = new UnhelpedReasons(map.workspace(), market);
  }

  /**
   * The plan. The map keeps the pods where the plan puts them, for the planners that follow.
   *
   * @param map the cluster, made with the same pods to come
   * @param toCome pods that are about to exist
   */
  public static ScaleUpPlan plan(
      ClusterMap map, List<Pod> toCome, AutoscalerState state, Policy policy, Instant now) {
    Demand demand = Demand.of(map, toCome, policy, now);
    return new ScaleUpPlanner(map, state, policy, now).plan(demand);
  }

  private ScaleUpPlan plan(Demand demand) {
    raiseToMinimum();
    for (Demand.Unit unit : demand.units()) {
      if (unit.gang() == null) {
        buyer.serve(unit.members());
      } else {
        serveGang(unit, unit.gang());
      }
    }
    exchange(demand);
    PreferredOffers.choose(map, market, basket);
    Map<Demand.Member, Integer> placed = basket.placed();
    for (Demand.Unit unit : demand.units()) {
      if (!forgone.contains(unit)) {
        unit.members().forEach(member -> explain(member, placed.getOrDefault(member, 0)));
      }
    }
    for (Pod pod : demand.expendable()) {
      leave(
          pod,
          UnhelpedRule.EXPENDABLE,
          "its priority " + pod.spec().priority() + " is too low to buy a node");
    }
    for (Pod pod : demand.invalid()) {
      leave(pod, UnhelpedRule.INVALID_SPEC, String.valueOf(pod.placement().invalidSpec()));
    }
    for (Pod pod : demand.delayed()) {
      leave(
          pod,
          UnhelpedRule.SCALE_UP_DELAY,
          "it asks that no node be bought for it before " + Demand.patientUntil(pod));
    }
    return new PlanWriter(map, basket, demand).write(unhelped);
  }

  /** What was exchanged may have room that it had not, and its group may take a node more. */
  private void exchange(Demand demand) {
    for (int round = 0; round < MAX_EXCHANGES && basket.exchange(); round++) {
      Map<Demand.Member, Integer> placed = basket.placed();
      List<Open> left = new ArrayList<>();
      for (Demand.Unit unit : demand.units()) {
        for (Demand.Member member :
            forgone.contains(unit) ? List.<Demand.Member>of() : unit.members()) {
          left.add(new Open(member, member.pods().size() - placed.getOrDefault(member, 0)));
        }
      }
      left.removeIf(open -> open.left() == 0);
      buyer.serveRest(left);
    }
  }

  private void leave(Pod pod, UnhelpedRule rule, String message) {
    unhelped.add(new Unhelped(pod.key(), List.of(new Unhelped.Reason(null, rule, message))));
  }

  private void raiseToMinimum() {
    for (NodeGroup group : market.groups()) {
      int missing = group.size().min() - group.size().target();
      Optional<Offer> cheapest =
          market.offers(group).stream()
              .filter(offer -> market.closedBecause(offer).isEmpty())
              .findFirst();
      for (int node = 0; node < missing && cheapest.isPresent() && market.left(group) > 0; node++) {
        basket.buyFixed(cheapest.get());
      }
    }
  }

  /** A gang gets all the places it needs, or none is taken and nothing is bought. */
  private void serveGang(Demand.Unit unit, ObjectKey gang) {
    if (unit.size() < unit.missing()) {
      forgo(
          unit,
          "gang "
              + gang
              + " waits for its pods: it needs "
              + unit.missing()
              + ", there are "
              + unit.size());
      return;
    }
    Basket.Mark mark = basket.mark();
    int unplaced = buyer.serve(unit.members());
    if (unit.size() - unplaced < unit.missing()) {
      basket.revert(mark);
      forgo(
          unit,
          "gang "
              + gang
              + " needs "
              + unit.missing()
              + " places at once, there are "
              + (unit.size() - unplaced));
    }
  }

  private void forgo(Demand.Unit unit, String message) {
    forgone.add(unit);
    for (Demand.Member member : unit.members()) {
      List<Unhelped.Reason> all = new ArrayList<>();
      all.add(new Unhelped.Reason(null, UnhelpedRule.GANG, message));
      all.addAll(reasons.of(member.shape()));
      member.pods().forEach(pod -> unhelped.add(new Unhelped(pod.key(), all)));
    }
  }

  private void explain(Demand.Member member, int placed) {
    for (Pod pod : member.pods().subList(placed, member.pods().size())) {
      unhelped.add(new Unhelped(pod.key(), reasons.of(member.shape())));
    }
  }
}
