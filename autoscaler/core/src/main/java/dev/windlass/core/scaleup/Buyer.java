package dev.windlass.core.scaleup;

import dev.windlass.core.scheduling.Workspace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Serves pods. They go first to the nodes that wait for them, then to any node that is there; for
 * the rest {@link Grower} buys. Where most of them are free of rules about other pods, {@link
 * BulkBuyer} tries to do better for these, and the better of both plans is kept.
 */
final class Buyer {
  private final Basket basket;
  private final Reservations reservations;
  private final BulkBuyer bulk;
  private final Grower grower;

  Buyer(Workspace workspace, Market market, Basket basket, Reservations reservations) {
    this.basket = basket;
    this.reservations = reservations;
    bulk = new BulkBuyer(workspace, market, basket);
    grower = new Grower(workspace, market, basket);
  }

  /** Places what it can of each member; returns how many pods have no place. */
  int serve(List<Demand.Member> members) {
    Map<Demand.Member, Integer> waiting = new HashMap<>();
    for (Reservations.Reserved each : reservations.of(members)) {
      int placed = basket.place(each.member(), each.slot(), each.count());
      waiting.merge(each.member(), placed, Integer::sum);
    }
    List<Open> bound = new ArrayList<>();
    List<Open> free = new ArrayList<>();
    for (Demand.Member member : members) {
      int pods = member.pods().size() - waiting.getOrDefault(member, 0);
      Open open = new Open(member, pods - basket.fill(member, pods));
      if (open.left() > 0) {
        (isFree(open) ? free : bound).add(open);
      }
    }
    if (size(free) < size(bound) || !bulk.mayHelp(free)) {
      bound.addAll(free);
      return grower.serve(bound);
    }
    return grower.serve(bound) + buyFree(free);
  }

  private static boolean isFree(Open open) {
    return !open.shape().speaksOfPods() && open.shape().spec().attachments().isEmpty();
  }

  private static long size(List<Open> all) {
    return all.stream().mapToLong(each -> each.left() * PriceEstimate.micros(each.shape())).sum();
  }

  /** Buys one shape after another, and all at once; keeps what is better. */
  private int buyFree(List<Open> free) {
    Basket.Mark mark = basket.mark();
    int unplaced = grower.serve(copy(free));
    long cost = basket.costSince(mark);
    basket.revert(mark);
    List<Open> open = copy(free);
    bulk.serve(open);
    int unplacedInBulk = grower.serve(open);
    boolean better =
        unplacedInBulk < unplaced || (unplacedInBulk == unplaced && basket.costSince(mark) < cost);
    if (better) {
      return unplacedInBulk;
    }
    basket.revert(mark);
    return grower.serve(copy(free));
  }

  private static List<Open> copy(List<Open> all) {
    return all.stream().map(each -> new Open(each.member(), each.left())).toList();
  }
}
