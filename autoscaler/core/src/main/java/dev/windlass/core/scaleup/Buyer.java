package dev.windlass.core.scaleup;

import dev.windlass.core.scheduling.PodShape;
import dev.windlass.core.scheduling.Workspace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Serves pods. They go first to the nodes that wait for them, then to any node that is there; for
 * the rest nodes are bought, for one shape after another, the largest first, each time the offer
 * with the least price for each pod that it takes; what is left free on a bought node goes to the
 * shapes that follow. For many pods {@link BulkBuyer} tries to do better. Of groups with different
 * priorities only the highest that helps is asked.
 */
final class Buyer {

  private final Workspace workspace;
  private final Market market;
  private final Basket basket;
  private final Reservations reservations;
  private final BulkBuyer bulk;

  Buyer(Workspace workspace, Market market, Basket basket, Reservations reservations) {
    this.reservations = reservations;
    bulk = new BulkBuyer(workspace, market, basket);
    this.workspace = workspace;
    this.market = market;
    this.basket = basket;
  }

  /** An offer, what a pod of the shape costs there, and how many it may take at once now. */
  private record Quote(Offer offer, double costPerPod, int allowance) {
    static final Comparator<Quote> BEST_FIRST =
        Comparator.comparingInt((Quote quote) -> -quote.offer.group().settings().priority())
            .thenComparingDouble(Quote::costPerPod)
            .thenComparingInt(quote -> -quote.allowance)
            .thenComparingLong(quote -> quote.offer.cost())
            .thenComparing(quote -> quote.offer.group().name());
  }

  /** Places what it can of each member; returns how many pods have no place. */
  int serve(List<Demand.Member> members) {
    Map<Demand.Member, Integer> waiting = new HashMap<>();
    for (Reservations.Reserved each : reservations.of(members)) {
      int placed = basket.place(each.member(), each.slot(), each.count());
      waiting.merge(each.member(), placed, Integer::sum);
    }
    int unplaced = 0;
    List<BulkBuyer.Open> free = new ArrayList<>();
    for (Demand.Member member : members) {
      int pods = member.pods().size() - waiting.getOrDefault(member, 0);
      int left = fill(member, pods);
      if (member.shape().speaksOfPods()) {
        unplaced += buy(member, left);
      } else {
        free.add(new BulkBuyer.Open(member, left));
      }
    }
    return unplaced + buyFree(free);
  }

  /** Buys one shape after another, and all at once; keeps what is better. */
  private int buyFree(List<BulkBuyer.Open> free) {
    if (!bulk.mayHelp(free)) {
      return buyEach(free);
    }
    Basket.Mark mark = basket.mark();
    int unplaced = buyEach(free);
    long cost = basket.costSince(mark);
    basket.revert(mark);
    List<BulkBuyer.Open> open =
        free.stream().map(each -> new BulkBuyer.Open(each.member(), each.left())).toList();
    bulk.serve(open);
    int unplacedInBulk = buyEach(open);
    boolean better =
        unplacedInBulk < unplaced || (unplacedInBulk == unplaced && basket.costSince(mark) < cost);
    if (better) {
      return unplacedInBulk;
    }
    basket.revert(mark);
    return buyEach(free);
  }

  private int buyEach(List<BulkBuyer.Open> free) {
    int unplaced = 0;
    for (BulkBuyer.Open each : free) {
      unplaced += buy(each.member(), fill(each.member(), each.left()));
    }
    return unplaced;
  }

  /** Puts pods on nodes that are there or bought; returns how many are left. */
  private int fill(Demand.Member member, int pods) {
    return pods - basket.fill(member, pods);
  }

  private int buy(Demand.Member member, int pods) {
    int left = pods;
    Set<Offer> refused = new HashSet<>();
    while (left > 0) {
      Quote best = best(member.shape(), left, refused);
      if (best == null) {
        return left;
      }
      int nodes = member.shape().refusedForGood() ? nodes(best, left) : 1;
      for (int node = 0; node < nodes && left > 0; node++) {
        Basket.Mark mark = basket.mark();
        int placed = basket.place(member, basket.buy(best.offer()), left);
        left -= placed;
        if (placed == 0) {
          basket.revert(mark);
          refused.add(best.offer());
        }
      }
      if (!member.shape().refusedForGood() && left > 0) {
        left = fill(member, left);
      }
    }
    return left;
  }

  /** As many as are filled entirely; the rest may be cheaper elsewhere. */
  private int nodes(Quote quote, int left) {
    return Math.max(1, Math.min(left / quote.allowance(), market.left(quote.offer().group())));
  }

  private @Nullable Quote best(PodShape shape, int left, Set<Offer> refused) {
    Quote best = null;
    for (Offer offer : market.purchasable()) {
      if (market.left(offer.group()) == 0 || refused.contains(offer)) {
        continue;
      }
      int takes = workspace.capacity(shape, offer.probe(), left);
      int allowance = takes == 0 ? 0 : workspace.room(shape, offer.probe(), left);
      if (allowance > 0) {
        int lasting = workspace.hostAllowance(shape, offer.probe(), takes);
        Quote quote = new Quote(offer, (double) offer.cost() / lasting, allowance);
        best = best == null || Quote.BEST_FIRST.compare(quote, best) < 0 ? quote : best;
      }
    }
    return best;
  }
}
