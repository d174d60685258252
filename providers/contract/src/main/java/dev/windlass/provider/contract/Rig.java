package dev.windlass.provider.contract;

import dev.windlass.core.model.Purchase;
import dev.windlass.core.model.Variant;
import dev.windlass.provider.spi.CallBudget;
import dev.windlass.provider.spi.CloudProvider;
import dev.windlass.provider.spi.GroupReference;
import dev.windlass.provider.testkit.FakeCloud;
import dev.windlass.provider.testkit.FakeCloud.FakeGroup;
import dev.windlass.provider.testkit.Fault;
import dev.windlass.provider.testkit.Journal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * A provider over a fake of its cloud, as the contract needs it. Each row makes a new one and
 * closes it.
 */
public interface Rig extends AutoCloseable {
  /** The provider's name in the table. */
  String provider();

  /** The fake, without groups. */
  FakeCloud cloud();

  /**
   * The real provider, connected to the fake; its time is the fake's clock. Asked for again for a
   * second replica, and for the next process after a restart; the contract closes what it gets.
   *
   * @param budget what it asks before each request
   * @param timeout after so much real time without an answer a request has failed
   */
  CloudProvider connect(CallBudget budget, Duration timeout);

  /** How the provider is told of a group. */
  GroupReference reference(FakeGroup group);

  /**
   * What one group may bring on demand, alike but for the zone; two at least where a group of this
   * cloud can have several zones.
   */
  List<Variant> onDemand();

  /** The same paid as spot. */
  default List<Variant> spot() {
    return onDemand().stream()
        .map(variant -> new Variant(variant.instanceType(), variant.zone(), Purchase.SPOT))
        .toList();
  }

  /** Whether one group may bring both. */
  boolean mixesPurchases();

  /** A trouble in the cloud's own words. */
  Fault fault(Trouble trouble);

  /** The cloud's answer to a listing method when there is nothing to list. */
  Fault empty(String method);

  /** The target that a request sets, if it sets one, and does not name machines. */
  OptionalInt absoluteTarget(Journal.Request request);

  /**
   * Whether a change names the target that it expects, so that the cloud compares; otherwise the
   * provider reads the target before each change.
   */
  default boolean cloudCompares() {
    return false;
  }

  /** Makes pages small where the fake can, and says how many machines one holds at most. */
  int smallPages();

  /** How many requests may be sent to observe so much. */
  int requestsToObserve(int groups, int machines);

  /** Lets another controller change the group's size too, where this cloud has such. */
  default void addRival(String group) {}

  /**
   * Rows that say nothing about this cloud, with the reason: {@code "F30" -> "ids are never used
   * again"}.
   */
  Map<String, String> notApplicable();

  @Override
  void close();
}
