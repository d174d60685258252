package dev.windlass.provider.contract.rows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.Variant;
import dev.windlass.provider.contract.Outcomes;
import dev.windlass.provider.contract.Row;
import dev.windlass.provider.contract.Scene;
import dev.windlass.provider.contract.Site;
import dev.windlass.provider.contract.Trouble;
import dev.windlass.provider.spi.CloudOutcome;
import dev.windlass.provider.spi.CloudProvider;
import dev.windlass.provider.spi.Observation;
import dev.windlass.provider.spi.Offers;
import dev.windlass.provider.spi.Offers.Offer;
import dev.windlass.provider.testkit.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Large accounts, slow clouds, missing prices. */
public final class SizeRows {
  private static final int GROUPS = 500;
  private static final int MACHINES_EACH = 20;
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private SizeRows() {}

  /**
   * The rows.
   *
   * @param latency how much real time each answer of the large account takes
   */
  public static List<Row> rows(Duration latency) {
    return List.of(
        new Row(
            "F46",
            "10,000 machines in 500 groups, each answer late",
            scene -> largeAccount(scene, latency)),
        new Row("F47", "one cloud hangs", SizeRows::oneGroupHangs),
        new Row("F48", "prices missing", SizeRows::pricesMissing));
  }

  private static void largeAccount(Scene scene, Duration latency) {
    List<Site> sites = new ArrayList<>();
    for (int i = 0; i < GROUPS; i++) {
      sites.add(scene.site("g-" + i, 0, 100, MACHINES_EACH, scene.rig().onDemand()));
    }
    ConcurrentLinkedQueue<String> asked = new ConcurrentLinkedQueue<>();
    CloudProvider counted = scene.connect((_, _, method) -> asked.add(method));
    scene.cloud().setLatency(latency);
    long started = System.nanoTime();
    Observation observation = counted.observe(sites.stream().map(Site::reference).toList());
    Duration took = Duration.ofNanos(System.nanoTime() - started);
    scene.cloud().setLatency(Duration.ZERO);
    assertThat(observation.completeness()).isEqualTo(Observation.Completeness.COMPLETE);
    assertThat(observation.groups().values())
        .allMatch(each -> Outcomes.done(each).instances().size() == MACHINES_EACH);
    assertThat(took).isLessThan(LIMIT);
    int requests = scene.cloud().journal().entries().size();
    assertThat(requests)
        .as(scene.cloud().journal().counts().toString())
        .isLessThanOrEqualTo(scene.rig().requestsToObserve(GROUPS, GROUPS * MACHINES_EACH));
    assertThat(asked).as("the budget was asked for each request").hasSize(requests);
    System.out.printf(
        "%s: %d requests of %s in %s%n",
        scene.rig().provider(), requests, scene.cloud().journal().counts(), took);
  }

  private static void oneGroupHangs(Scene scene) {
    Site web = scene.site(0, 10, 2);
    String method = scene.readMethods().getFirst();
    web.seen();
    CloudProvider hurried = scene.connectHurried(web);
    scene.fault(method, 1, new Fault.Silence());
    long started = System.nanoTime();
    CloudOutcome<?> outcome = hurried.observe(web.reference());
    assertThat(Outcomes.isDone(outcome)).isFalse();
    assertThat(Duration.ofNanos(System.nanoTime() - started))
        .as("a cloud that hangs holds a reading up for its timeout and no longer")
        .isLessThan(Duration.ofSeconds(10));
    assertThat(web.believed()).hasSize(2);
    assertThat(web.seen().instances()).hasSize(2);
  }

  private static void pricesMissing(Scene scene) {
    Site web = scene.site(0, 10, 2);
    Offers offers = scene.provider().capability(Offers.class).orElseThrow();
    Map<Variant, Offer> known = Outcomes.done(offers.offers(web.reference()));
    assertThat(known).isNotEmpty();
    assertPositive(known);
    scene.trouble(Trouble.SERVER_ERROR);
    if (offers.offers(web.reference()) instanceof CloudOutcome.Done<Map<Variant, Offer>>(var old)) {
      assertPositive(old);
      assertThat(known.keySet()).containsAll(old.keySet());
      assertThat(old.values()).extracting(Offer::asOf).isSubsetOf(asOf(known));
    }
  }

  private static List<Instant> asOf(Map<Variant, Offer> offers) {
    return offers.values().stream().map(Offer::asOf).toList();
  }

  private static void assertPositive(Map<Variant, Offer> offers) {
    assertThat(offers.values())
        .allMatch(offer -> offer.price().known() && offer.price().microsPerHour() > 0)
        .allMatch(offer -> !offer.source().isEmpty());
  }
}
