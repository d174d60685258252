package dev.windlass.core.scaleup;

import dev.windlass.core.scheduling.PodShape;
import dev.windlass.core.scheduling.Slot;
import dev.windlass.core.scheduling.TypeChoice;
import dev.windlass.core.scheduling.Workspace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Buys for one shape after another, in passes until one places nothing. In each, a shape first
 * takes what is free on any node; for what is left of it one step is made: a bought node becomes a
 * larger one, or a new one is bought, whichever costs less for each pod that it takes.
 */
final class Grower {
  /**
   * So many bought nodes that would take the pod are compared, from where the last search ended.
   */
  private static final int SAMPLE = 32;

  /** Of each of them the cheapest type that suffices and the next ones, up to so many. */
  private static final int TYPES = 6;

  /** So many nodes are asked before a new one is taken instead. */
  private static final int MAX_ASKED = 512;

  private static final Comparator<Open> HARDEST_FIRST =
      Comparator.comparing((Open open) -> !open.shape().excludesItselfOnHosts())
          .thenComparingLong(open -> -PriceEstimate.micros(open.shape()))
          .thenComparing(open -> !open.shape().speaksOfPods());

  private final Workspace workspace;
  private final Market market;
  private final Basket basket;
  private int start;

  Grower(Workspace workspace, Market market, Basket basket) {
    this.workspace = workspace;
    this.market = market;
    this.basket = basket;
  }

  /** What one step costs for each pod that it takes. */
  private record Step(
      Cell cell, @Nullable BoughtNode node, Offer offer, int takes, double costPerPod) {}

  /** Places what it can and lowers what is left; returns how many pods have no place. */
  int serve(List<Open> all) {
    List<Open> open = new ArrayList<>(all);
    open.sort(HARDEST_FIRST);
    while (!open.isEmpty()) {
      int before = left(open);
      open.forEach(this::advance);
      open.removeIf(each -> each.left() == 0);
      if (left(open) == before) {
        break;
      }
    }
    return left(open);
  }

  private static int left(List<Open> all) {
    return all.stream().mapToInt(Open::left).sum();
  }

  private void advance(Open open) {
    open.take(basket.fill(open.member(), open.left()));
    if (open.left() > 0) {
      Step buy = cheapestNew(open);
      Step grow = cheapestGrowth(open, buy);
      if (grow != null && grow.node() != null && basket.exchange(grow.node(), grow.offer())) {
        open.take(basket.place(open.member(), grow.node().slot(), open.left()));
      } else if (buy != null) {
        buy(open, buy);
      }
    }
  }

  /**
   * Where no rule looks beyond the host, as many nodes as are filled entirely are bought at once.
   */
  private void buy(Open open, Step step) {
    int nodes = open.shape().speaksOfHostsOnly() ? Math.max(1, open.left() / step.takes()) : 1;
    for (int node = 0; node < nodes && market.left(step.offer()) > 0; node++) {
      Basket.Mark mark = basket.mark();
      Slot slot = basket.buy(step.offer()).slot();
      int placed = basket.place(open.member(), slot, open.left());
      open.take(placed);
      if (placed == 0) {
        basket.revert(mark);
        return;
      }
    }
  }

  private @Nullable Step cheapestNew(Open open) {
    Step best = null;
    for (Cell cell : basket.cells()) {
      if (best != null && best.cell().priority() > cell.priority()) {
        break;
      }
      int allowed = workspace.allowance(open.shape(), cell.probe(), open.left());
      if (allowed > 0) {
        best = cheapestNew(open, cell, best);
      }
    }
    return best;
  }

  private @Nullable Step cheapestNew(Open open, Cell cell, @Nullable Step sofar) {
    PodShape shape = open.shape();
    Step best = sofar;
    int wanted = workspace.hostAllowance(shape, cell.probe(), lasting(open));
    TypeChoice types = cell.types().suiting(shape);
    for (int index = types.next(null, shape, 0);
        index < types.size();
        index = types.next(null, shape, index + 1)) {
      TypeChoice.Type type = types.get(index);
      if (best != null && type.cost() > best.costPerPod() * wanted) {
        break;
      }
      int takes = types.takes(type, null, shape, wanted);
      Offer offer = cell.offer(type);
      if (takes > 0 && market.left(offer) > 0) {
        Step step = new Step(cell, null, offer, takes, (double) type.cost() / takes);
        best = best == null || isBetter(step, best) ? step : best;
      }
    }
    return best;
  }

  /** How many pods of the shape one domain gets in the end. */
  private int lasting(Open open) {
    int domains = open.shape().speaksOfHostsOnly() ? 1 : basket.cells().size();
    return Math.ceilDiv(open.left(), domains);
  }

  /** Fewer nodes at equal cost, and at equal cost of one the cell with the fewest. */
  private static boolean isBetter(Step one, Step other) {
    if (one.costPerPod() != other.costPerPod()) {
      return one.costPerPod() < other.costPerPod();
    }
    return one.takes() != other.takes()
        ? one.takes() > other.takes()
        : one.cell().nodes().size() < other.cell().nodes().size();
  }

  private @Nullable Step cheapestGrowth(Open open, @Nullable Step buy) {
    PodShape shape = open.shape();
    if (shape.share() > 0 || !shape.spec().attachments().isEmpty()) {
      return null;
    }
    Step best = null;
    int feasible = 0;
    for (Cell cell : basket.cells()) {
      if (buy != null && buy.cell().priority() > cell.priority()) {
        break;
      }
      if (!workspace.mayEnter(shape, cell.probe())) {
        continue;
      }
      List<BoughtNode> nodes = cell.nodes();
      int asked = buy == null ? nodes.size() : Math.min(nodes.size(), MAX_ASKED);
      for (int each = 0; each < asked && feasible < SAMPLE; each++) {
        BoughtNode node = nodes.get((start + each) % nodes.size());
        int allowed =
            node.choice() == null ? 0 : workspace.allowance(shape, node.slot(), open.left());
        if (allowed > 0) {
          feasible++;
          int wanted =
              shape.speaksOfHostsOnly()
                  ? allowed
                  : Math.max(allowed, workspace.hostAllowance(shape, node.slot(), lasting(open)));
          best = growth(shape, node, wanted, best == null ? buy : best);
        }
      }
      start += asked;
    }
    return best;
  }

  /** The best growth of a node that costs no more for each pod than the step so far, else that. */
  private static @Nullable Step growth(
      PodShape shape, BoughtNode node, int allowed, @Nullable Step sofar) {
    TypeChoice choice = node.choice();
    if (choice == null) {
      return sofar;
    }
    TypeChoice types = choice.suiting(shape);
    Step best = sofar;
    int index = types.next(node.slot(), shape, 0);
    for (int tried = 0; tried < TYPES && index < types.size(); tried++) {
      TypeChoice.Type type = types.get(index);
      Offer offer = node.cell().offer(type);
      double extra = type.cost() - node.offer().cost();
      int takes = types.takes(type, node.slot(), shape, allowed);
      boolean cheaper =
          best == null
              || extra / takes < best.costPerPod()
              || (best.node() == null && extra / takes == best.costPerPod());
      if (takes > 0 && cheaper && Market.mayExchange(node.offer(), offer)) {
        best = new Step(node.cell(), node, offer, takes, extra / takes);
      }
      index = types.next(node.slot(), shape, index + 1);
    }
    return best;
  }
}
