package dev.windlass.core.scaleup;

import dev.windlass.core.scheduling.PodShape;
import dev.windlass.core.scheduling.Slot;
import dev.windlass.core.scheduling.Workspace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Buys nodes for many pods at once, near the least cost that is possible: column generation over
 * patterns. A linear program says how often each known pattern is bought and what a pod of each row
 * is worth; with that, better patterns are sought; at the end whole parts and the largest fractions
 * are bought and the rest is planned again. What is left over is for {@link Buyer}.
 *
 * <p>All bounds are counted in rounds, so that the same input gives the same plan.
 */
final class BulkBuyer {
  /** With fewer pods the difference to buying one shape after another is small. */
  private static final int MIN_PODS = 12;

  /** The inverse is dense; more rows are left to {@link Buyer}. */
  private static final int MAX_ROWS = 400;

  /** Rounds times rows: many rows get fewer rounds, so that a decision ends in time. */
  private static final int ROUND_WORK = 14_000;

  private static final int MAX_ROUNDS = 60;
  private static final int DIVE_ROUNDS = 2;
  private static final int MAX_DIVES = 60;
  private static final double KEPT_SHARE = 0.9;
  private static final int KEPT_PER_ROW = 8;
  private static final double LEAST_GAIN = 0.0003;
  private static final double LARGE_FRACTION = 0.75;
  private static final double DIVE_SHARE = 0.2;

  private final Workspace workspace;
  private final Market market;
  private final Basket basket;

  BulkBuyer(Workspace workspace, Market market, Basket basket) {
    this.workspace = workspace;
    this.market = market;
    this.basket = basket;
  }

  /** Whether there is enough to plan for, and not too much. */
  boolean mayHelp(List<Open> all) {
    int pods = all.stream().mapToInt(Open::left).sum();
    long rows = all.stream().filter(each -> each.left() > 0).count();
    return pods >= MIN_PODS && rows <= MAX_ROWS && !offers().isEmpty();
  }

  /** Buys for pods that no rule about other pods binds, and lowers what is left of them. */
  void serve(List<Open> all) {
    List<Open> open = new ArrayList<>(all);
    open.removeIf(each -> each.left() == 0);
    List<Offer> offers = offers();
    Plan last = null;
    for (int dive = 0; dive < MAX_DIVES && !open.isEmpty(); dive++) {
      Plan plan = plan(open, offers, last, dive == 0 ? rounds(open.size()) : DIVE_ROUNDS);
      if (plan == null || !buy(plan)) {
        return;
      }
      last = plan;
      open.removeIf(each -> each.left() == 0);
    }
  }

  private static int rounds(int rows) {
    return Math.min(MAX_ROUNDS, Math.max(DIVE_ROUNDS, ROUND_WORK / rows));
  }

  /** Preferred groups come before cheap ones; then there is nothing to optimize across. */
  private List<Offer> offers() {
    List<Offer> open = new ArrayList<>();
    int priorities = 0;
    int last = 0;
    for (Offer offer : market.purchasable()) {
      if (market.left(offer) > 0) {
        int priority = offer.group().settings().priority();
        priorities += open.isEmpty() || priority != last ? 1 : 0;
        last = priority;
        open.add(offer);
      }
    }
    return priorities > 1 ? List.of() : open;
  }

  /** A solved program and the rows it is about. */
  private record Plan(List<Open> rows, PatternMaster master, PatternSearch search) {}

  private @Nullable Plan plan(
      List<Open> open, List<Offer> offers, @Nullable Plan last, int rounds) {
    List<Open> rows = new ArrayList<>();
    List<Pattern> singles = new ArrayList<>();
    for (Open each : open) {
      PatternSearch alone =
          new PatternSearch(
              workspace, List.of(each.member().shape()), new int[] {each.left()}, offers);
      if (alone.single(0) != null) {
        rows.add(each);
      }
    }
    if (rows.isEmpty()) {
      return null;
    }
    int[] demand = new int[rows.size()];
    List<PodShape> shapes = new ArrayList<>();
    for (int row = 0; row < demand.length; row++) {
      demand[row] = rows.get(row).left();
      shapes.add(rows.get(row).member().shape());
    }
    PatternSearch search = new PatternSearch(workspace, shapes, demand, offers);
    for (int row = 0; row < demand.length; row++) {
      Pattern single = search.single(row);
      if (single == null) {
        return null;
      }
      singles.add(single);
    }
    PatternMaster master = new PatternMaster(singles, demand);
    if (last != null) {
      carryOver(last, rows, search, master);
    }
    improve(master, search, rounds);
    return new Plan(rows, master, search);
  }

  /** The good patterns of the plan before, cut to what is left, on the cheapest node for that. */
  private static void carryOver(
      Plan last, List<Open> rows, PatternSearch search, PatternMaster master) {
    IdentityHashMap<Open, Integer> index = new IdentityHashMap<>();
    for (int row = 0; row < rows.size(); row++) {
      index.put(rows.get(row), row);
    }
    for (Pattern pattern : last.master().best(KEPT_SHARE, KEPT_PER_ROW * rows.size())) {
      int[] content = new int[rows.size()];
      boolean empty = true;
      boolean cut = false;
      for (int each = 0; each < pattern.size(); each++) {
        Open open = last.rows().get(pattern.row(each));
        Integer row = index.get(open);
        int wanted = row == null ? 0 : Math.min(pattern.count(each), open.left());
        cut |= wanted < pattern.count(each);
        if (row != null && wanted > 0) {
          content[row] = wanted;
          empty = false;
        }
      }
      Offer offer = cut && !empty ? search.cheapest(content) : pattern.offer();
      if (!empty && offer != null) {
        master.add(new Pattern(offer, content));
      }
    }
  }

  private static void improve(PatternMaster master, PatternSearch search, int rounds) {
    master.solve();
    double cost = master.cost();
    int idle = 0;
    for (int round = 0; round < rounds && idle < 3; round++) {
      double[] duals = master.duals();
      boolean added = false;
      for (Pattern pattern : search.fills(duals)) {
        added |= master.add(pattern);
      }
      for (PatternMaster.Share share : master.solution()) {
        Pattern better = search.neighbour(share.pattern(), duals);
        added |= better != null && master.add(better);
      }
      if (!added) {
        return;
      }
      master.solve();
      double gain = (cost - master.cost()) / cost;
      idle = gain < LEAST_GAIN ? idle + 1 : 0;
      cost = master.cost();
    }
  }

  /** Buys whole parts, or where there are none the largest fractions; false when nothing was. */
  private boolean buy(Plan plan) {
    List<PatternMaster.Share> shares = new ArrayList<>(plan.master().solution());
    shares.sort(
        Comparator.comparingDouble((PatternMaster.Share share) -> -fraction(share.amount())));
    boolean bought = false;
    for (PatternMaster.Share share : shares) {
      int whole = (int) Math.floor(share.amount() + 1e-6);
      bought |= buy(plan, share.pattern(), whole) > 0;
    }
    int fractions = Math.max(1, (int) Math.ceil(shares.size() * DIVE_SHARE));
    for (int index = 0; index < shares.size(); index++) {
      double fraction = fraction(shares.get(index).amount());
      boolean large = fraction >= LARGE_FRACTION;
      if (fraction > 1e-6 && (large || (!bought && index < fractions))) {
        bought |= buy(plan, shares.get(index).pattern(), 1) > 0;
      }
    }
    return bought;
  }

  private static double fraction(double amount) {
    return amount + 1e-6 - Math.floor(amount + 1e-6);
  }

  /** Buys a pattern so often, cut to what is still needed; returns how many nodes were bought. */
  private int buy(Plan plan, Pattern pattern, int times) {
    int bought = 0;
    for (int node = 0; node < times; node++) {
      int[] content = pattern.content(plan.rows().size());
      boolean empty = true;
      boolean cut = false;
      for (int row = 0; row < content.length; row++) {
        int wanted = Math.min(content[row], plan.rows().get(row).left());
        cut |= wanted < content[row];
        content[row] = wanted;
        empty &= wanted == 0;
      }
      Offer offer = cut ? plan.search().cheapest(content) : pattern.offer();
      if (empty || offer == null || market.left(offer) == 0) {
        return bought;
      }
      place(plan, offer, content);
      bought++;
    }
    return bought;
  }

  private void place(Plan plan, Offer offer, int[] content) {
    Slot slot = basket.buy(offer).slot();
    for (int row : plan.search().devicesFirst()) {
      if (content[row] > 0) {
        Open open = plan.rows().get(row);
        open.take(basket.place(open.member(), slot, content[row]));
      }
    }
  }
}
