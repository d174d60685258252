package dev.windlass.core.scaleup;

import dev.windlass.core.scheduling.PodShape;
import dev.windlass.core.scheduling.Slot;
import dev.windlass.core.scheduling.Workspace;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Buys nodes for one shape after another, the largest first, each time the offer with the least
 * price for each pod that it takes; what is left free on a bought node goes to the shapes that
 * follow. Of groups with different priorities only the highest that helps is asked.
 */
final class Buyer {
  /** Rules about other pods may let in one pod at a time, so room is asked for again and again. */
  private static final int MAX_SWEEPS = 1_000;

  private final Workspace workspace;
  private final Market market;
  private final Basket basket;
  private final Reservations reservations;

  Buyer(Workspace workspace, Market market, Basket basket, Reservations reservations) {
    this.reservations = reservations;
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
    for (Demand.Member member : members) {
      int pods = member.pods().size() - waiting.getOrDefault(member, 0);
      int left = fill(member, pods, List.copyOf(workspace.slots()));
      unplaced += buy(member, left);
    }
    return unplaced;
  }

  /** Puts pods on nodes that are there or bought; returns how many are left. */
  private int fill(Demand.Member member, int pods, List<Slot> slots) {
    int left = pods;
    for (int sweep = 0; left > 0 && sweep < MAX_SWEEPS; sweep++) {
      int before = left;
      for (Slot slot : slots) {
        if (left > 0) {
          left -= basket.place(member, slot, left);
        }
      }
      if (left == before || !member.shape().speaksOfPods()) {
        return left;
      }
    }
    return left;
  }

  private int buy(Demand.Member member, int pods) {
    int left = pods;
    Set<Offer> refused = new HashSet<>();
    while (left > 0) {
      Quote best = best(member.shape(), left, refused);
      if (best == null) {
        return left;
      }
      int nodes = member.shape().speaksOfPods() ? 1 : nodes(best, left);
      for (int node = 0; node < nodes && left > 0; node++) {
        Basket.Mark mark = basket.mark();
        int placed = basket.place(member, basket.buy(best.offer()), left);
        left -= placed;
        if (placed == 0) {
          basket.revert(mark);
          refused.add(best.offer());
        }
      }
      if (member.shape().speaksOfPods() && left > 0) {
        left = fill(member, left, List.copyOf(workspace.slots()));
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
