package dev.windlass.simulations.demo;

import static dev.windlass.simulations.demo.AuditPods.deleted;
import static dev.windlass.simulations.demo.AuditPods.evicted;
import static dev.windlass.simulations.demo.AuditPods.pod;
import static dev.windlass.simulations.demo.AuditPods.seen;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.NodeGroupName;
import dev.windlass.core.model.NodeTemplate;
import dev.windlass.core.model.Offering;
import dev.windlass.core.model.OperationId;
import dev.windlass.core.model.Price;
import dev.windlass.core.model.Purchase;
import dev.windlass.core.model.Resources;
import dev.windlass.core.model.Variant;
import dev.windlass.provider.spi.CloudProvider.Increase;
import dev.windlass.simulations.cloud.CloudDelays;
import dev.windlass.simulations.cloud.CloudGroup;
import dev.windlass.simulations.cloud.CloudState;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Every rule of the audit can be broken. */
class AuditRulesTest {
  private static final Instant START = Instant.parse("2026-11-02T07:00:00Z");
  private static final Variant GPU = new Variant("gpu-4x", "zone-a", Purchase.ON_DEMAND);

  private final AtomicReference<Instant> now = new AtomicReference<>(START);
  private final CloudState cloud =
      new CloudState(
          CloudDelays.USUAL,
          List.of(
              new CloudGroup(
                  "training",
                  new NodeGroupName("training"),
                  List.of(
                      new Offering(
                          GPU,
                          Price.UNKNOWN,
                          new NodeTemplate(Map.of(), List.of(), List.of(), Resources.NONE))),
                  10,
                  0)),
          START);

  @Test
  void aJobsPodThatNeverRanIsToldAlsoAfterItsDeletion() {
    EveryPodRan rule = new EveryPodRan();
    rule.podChanged(seen(pod("a", "Job", "", "Pending")));
    rule.podChanged(deleted(pod("a", "Job", "", "Pending")));
    rule.podChanged(seen(pod("b", "Job", "node", "Running")));

    assertThat(rule.violations()).containsExactly("pod ml/a never ran");
  }

  @Test
  void aReplicaThatItsControllerTookBackIsNoViolation() {
    EveryPodRan rule = new EveryPodRan();
    rule.podChanged(seen(pod("a", "ReplicaSet", "", "Pending")));
    rule.podChanged(seen(pod("b", "ReplicaSet", "node", "Running")));
    assertThat(rule.violations()).hasSize(1);

    rule.podChanged(deleted(pod("a", "ReplicaSet", "", "Pending")));

    assertThat(rule.violations()).isEmpty();
  }

  @Test
  void aWholeGangFromOneOrderIsFine() {
    GangWhole rule = gangOfTwo();
    order("one", 0, 2);
    bind(rule, "a");
    bind(rule, "b");

    assertThat(rule.violations()).isEmpty();
  }

  @Test
  void aGangThatIsBoundInPartsIsAViolation() {
    GangWhole rule = gangOfTwo();
    order("one", 0, 2);
    bind(rule, "a");
    assertThat(rule.violations()).containsExactly("1 of its 2 pods were bound");

    now.set(START.plusSeconds(10));
    bind(rule, "b");

    assertThat(rule.violations()).containsExactly("its pods were bound PT10S apart");
  }

  @Test
  void aGangWhoseMachinesWereOrderedOneByOneIsAViolation() {
    GangWhole rule = gangOfTwo();
    order("one", 0, 1);
    order("two", 1, 2);
    bind(rule, "a");
    bind(rule, "b");

    assertThat(rule.violations()).containsExactly("its machines came from 2 orders");
  }

  @Test
  void anEvictionBeginsOnce() {
    Pod running = pod("a", "ReplicaSet", "node", "Running");

    assertThat(Evictions.begins(new Change<>(running, evicted(running)))).isTrue();
    assertThat(Evictions.begins(new Change<>(evicted(running), evicted(running)))).isFalse();
    assertThat(Evictions.begins(new Change<>(running, running))).isFalse();
    assertThat(Evictions.begins(deleted(evicted(running)))).isFalse();
  }

  private GangWhole gangOfTwo() {
    return new GangWhole("gang", 2, "training", cloud, now::get);
  }

  private void order(String operation, int from, int to) {
    cloud.increase(
        "training",
        new Increase(from, to, Map.of(GPU, to - from)),
        new OperationId(operation),
        START);
  }

  private static void bind(GangWhole rule, String name) {
    rule.podChanged(seen(pod(name, "Job", "node", "Pending")));
  }
}
