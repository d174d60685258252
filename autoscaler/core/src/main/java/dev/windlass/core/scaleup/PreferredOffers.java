package dev.windlass.core.scaleup;

import dev.windlass.core.model.Pod;
import dev.windlass.core.model.Taint;
import dev.windlass.core.scheduling.ClusterMap;
import dev.windlass.core.scheduling.NodeFacts;
import dev.windlass.core.scheduling.Slot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Exchanges each bought node for the one that its pods like best, among offers of the same price
 * that hold them. The plan has as many nodes as before, at the same price: a preference buys
 * nothing.
 */
final class PreferredOffers implements Basket.Choice {
  /** More nodes stay as they were bought. */
  private static final int MAX_NODES = 5_000;

  private final ClusterMap map;
  private final Map<Slot, List<Pod>> pods;
  private final Map<Long, List<Offer>> byCost = new HashMap<>();
  private final PreferenceCounts counts;
  private List<Pod> moving = List.of();
  private int examined;

  private PreferredOffers(ClusterMap map, Market market, Map<Slot, List<Pod>> pods) {
    this.map = map;
    this.pods = pods;
    counts = new PreferenceCounts(map, pods);
    for (Offer offer : market.purchasable()) {
      byCost.computeIfAbsent(offer.cost(), _ -> new ArrayList<>()).add(offer);
    }
  }

  /** Exchanges what can be, if anybody has a preference at all. */
  static void choose(ClusterMap map, Market market, Basket basket) {
    boolean advised =
        market.purchasable().stream()
            .flatMap(offer -> offer.probe().facts().taints().stream())
            .anyMatch(taint -> taint.effect() == Taint.Effect.PREFER_NO_SCHEDULE);
    boolean wished =
        basket.assigned().stream()
            .flatMap(each -> each.member().pods().stream())
            .anyMatch(pod -> !pod.placement().preferences().isEmpty());
    if (!basket.bought().isEmpty() && (advised || wished)) {
      basket.replace(new PreferredOffers(map, market, basket.pods()));
    }
  }

  @Override
  public List<Offer> insteadOf(BoughtNode bought) {
    moving = List.of();
    List<Pod> here = pods.getOrDefault(bought.slot(), List.of());
    boolean open = !here.isEmpty() && bought.choice() != null && examined < MAX_NODES;
    List<Offer> alike = open ? alike(bought) : List.of();
    if (alike.size() < 2) {
      return List.of();
    }
    examined++;
    moving = here;
    counts.move(here, labels(bought), -1);
    List<NodeFacts> nodes = alike.stream().map(offer -> offer.probe().facts()).toList();
    double[] scores = new PreferenceScores(counts, nodes).of(here);
    double now = scores[alike.indexOf(bought.offer())];
    return IntStream.range(0, alike.size())
        .boxed()
        .filter(index -> scores[index] > now)
        .sorted(Comparator.comparingDouble((Integer index) -> -scores[index]))
        .map(alike::get)
        .toList();
  }

  @Override
  public void settled(BoughtNode bought) {
    counts.move(moving, labels(bought), 1);
  }

  private static Map<String, String> labels(BoughtNode bought) {
    return bought.slot().facts().labels();
  }

  /** What costs the same and holds what is on the node; the node's own offer is one of them. */
  private List<Offer> alike(BoughtNode bought) {
    Offer own = bought.offer();
    List<Offer> alike = new ArrayList<>();
    for (Offer offer : byCost.getOrDefault(own.cost(), List.of())) {
      boolean equal =
          offer.offering().price().equals(own.offering().price())
              && offer.group().settings().priority() == own.group().settings().priority();
      boolean holds =
          offer == own || (equal && map.workspace().holds(offer.probe(), bought.slot().placed()));
      if (holds) {
        alike.add(offer);
      }
    }
    return alike;
  }
}
