package dev.windlass.daemon.plan;

import dev.windlass.core.decision.Decision;
import dev.windlass.core.model.ClusterSnapshot;
import dev.windlass.core.model.Instance;
import dev.windlass.core.model.Keys;
import dev.windlass.core.model.Node;
import dev.windlass.core.model.NodeGroup;
import dev.windlass.core.model.Offering;
import dev.windlass.core.model.Price;
import dev.windlass.core.model.Purchase;
import dev.windlass.core.model.Variant;
import dev.windlass.core.scaledown.ScaleDownPlan;
import dev.windlass.core.scaleup.GroupIncrease;
import dev.windlass.core.scheduling.GroupMembership;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the machines of all groups cost now and after a decision, in millionths of a US dollar an
 * hour. Machines without a known price are left out of both.
 *
 * @param beforeMicros now
 * @param afterMicros when everything that was decided is done
 */
public record HourlyCost(long beforeMicros, long afterMicros) {

  /** The cost; empty where no price is known. */
  public static Optional<HourlyCost> of(ClusterSnapshot snapshot, Decision decision) {
    boolean priced = false;
    for (NodeGroup group : snapshot.capacity().groups()) {
      priced |= group.offerings().stream().anyMatch(offering -> offering.price().known());
    }
    if (!priced) {
      return Optional.empty();
    }
    long before = now(snapshot.capacity());
    long after = before;
    for (GroupIncrease increase : decision.plans().scaleUp().increases()) {
      after += known(increase.hourlyCost());
    }
    for (ScaleDownPlan.Removal removal : decision.plans().scaleDown().removals()) {
      after -= known(removal.hourlySaving());
    }
    return Optional.of(new HourlyCost(before, Math.max(0, after)));
  }

  private static long now(ClusterSnapshot.Capacity capacity) {
    GroupMembership groups = new GroupMembership(capacity);
    Set<String> machines = new HashSet<>();
    long micros = 0;
    for (Instance instance : capacity.instances()) {
      machines.add(instance.id().value());
      NodeGroup group = groups.group(instance.group());
      if (instance.state() != Instance.State.FAILED && group != null) {
        micros += known(price(group, instance.variant()));
      }
    }
    for (Node node : capacity.nodes()) {
      Optional<NodeGroup> group = groups.group(node);
      if (!machines.contains(node.spec().providerId()) && group.isPresent()) {
        micros += known(price(group.get(), variant(node)));
      }
    }
    return micros;
  }

  private static Variant variant(Node node) {
    String paid = node.labels().getOrDefault(Keys.CAPACITY_TYPE, "");
    return new Variant(
        node.labels().getOrDefault(Keys.INSTANCE_TYPE, ""),
        node.labels().getOrDefault(Keys.ZONE, ""),
        paid.equals("spot") ? Purchase.SPOT : Purchase.ON_DEMAND);
  }

  /** The same variant's price; of a group with one offering, that one's. */
  private static Price price(NodeGroup group, Variant variant) {
    List<Offering> offerings = group.offerings();
    for (Offering offering : offerings) {
      if (offering.variant().equals(variant)) {
        return offering.price();
      }
    }
    for (Offering offering : offerings) {
      if (offering.variant().instanceType().equals(variant.instanceType())
          && offering.variant().purchase() == variant.purchase()) {
        return offering.price();
      }
    }
    return offerings.size() == 1 ? offerings.getFirst().price() : Price.UNKNOWN;
  }

  private static long known(Price price) {
    return price.known() ? price.microsPerHour() : 0;
  }
}
