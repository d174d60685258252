package dev.windlass.provider.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.FailureScope;
import dev.windlass.core.model.InstanceId;
import dev.windlass.core.model.OperationId;
import dev.windlass.core.model.Variant;
import dev.windlass.provider.spi.CloudOutcome;
import dev.windlass.provider.spi.CloudProvider;
import dev.windlass.provider.spi.Receipt;
import dev.windlass.provider.testkit.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A random life of two groups under two replicas of the daemon: growths, deletions, people who
 * change targets, machines that are lost, stockouts and every kind of fault, all from one seed. The
 * {@link Witness} of each group checks every call; in the end all is healed, and what is believed
 * must be what is true.
 */
final class RandomSchedule {
  private static final int STEPS = 40;
  private static final int MAX = 30;

  private final Scene scene;
  private final Random random;
  private final List<Site> sites;
  private final CloudProvider replica;
  private final List<String> methods;
  private final Map<Site, Order> open = new HashMap<>();

  private RandomSchedule(Scene scene, long seed) {
    this.scene = scene;
    this.random = new Random(seed);
    this.replica = scene.connect();
    this.methods = new ArrayList<>(scene.readMethods());
    methods.add(scene.increaseMethod());
    methods.add(scene.deleteMethod());
    List<Variant> variants = scene.rig().onDemand();
    this.sites =
        List.of(scene.site("one", 1, MAX, 3, variants), scene.site("two", 0, MAX, 2, variants));
  }

  static void play(Scene scene, long seed) {
    RandomSchedule schedule = new RandomSchedule(scene, seed);
    for (int step = 0; step < STEPS; step++) {
      schedule.step();
    }
    schedule.conclude();
  }

  private void step() {
    Site site = sites.get(random.nextInt(sites.size()));
    switch (random.nextInt(14)) {
      case 0, 1 -> scene.observe(sites);
      case 2, 3, 4 -> grow(site);
      case 5, 6 -> delete(site);
      case 7, 8, 9 -> fault();
      case 10 -> scene.heal();
      case 11 -> scene.pass(Duration.ofSeconds(1 + random.nextInt(120)));
      case 12 -> meddle(site);
      default -> stock();
    }
  }

  /** As the daemon does it: only if the ledger allows it, and a call without an answer again. */
  private void grow(Site site) {
    Order order = wanted(site);
    if (order != null && !isAllowed(site, order)) {
      open.remove(site);
      scene.observe(List.of(site));
      order = wanted(site);
    }
    if (order == null || !isAllowed(site, order)) {
      return;
    }
    CloudOutcome<Receipt> outcome =
        site.grow(order, random.nextInt(4) == 0 ? replica : scene.provider());
    if (outcome instanceof CloudOutcome.Unknown<?>) {
      open.put(site, order);
    } else {
      open.remove(site);
    }
  }

  private @Nullable Order wanted(Site site) {
    Order unanswered = open.get(site);
    if (unanswered != null) {
      return unanswered;
    }
    int target = site.ledger().belief(scene.now()).map(each -> each.view().target()).orElse(0);
    if (target >= MAX) {
      return null;
    }
    List<Variant> variants = site.variants();
    Variant variant = variants.get(random.nextInt(variants.size()));
    return site.order(target, Map.of(variant, 1 + random.nextInt(Math.min(3, MAX - target))));
  }

  private boolean isAllowed(Site site, Order order) {
    return site.ledger().objection(order.change(), order.operation(), scene.now()).isEmpty();
  }

  private void delete(Site site) {
    if (site.ledger().belief(scene.now()).isEmpty()) {
      return;
    }
    List<InstanceId> some =
        site.believed().stream().filter(_ -> random.nextInt(3) == 0).limit(3).toList();
    List<InstanceId> worth = site.ledger().deletable(some, scene.now());
    if (!worth.isEmpty()) {
      OperationId operation = new OperationId(scene.nextOperation());
      site.delete(worth, operation, random.nextInt(4) == 0 ? replica : scene.provider());
      if (random.nextInt(3) == 0) {
        site.delete(worth, operation, replica);
      }
    }
  }

  private void fault() {
    String method = methods.get(random.nextInt(methods.size()));
    Trouble[] troubles = Trouble.values();
    Fault fault =
        switch (random.nextInt(8)) {
          case 0 -> new Fault.Cut(false);
          case 1, 2 -> new Fault.Cut(true);
          case 3 -> Fault.Foreign.html(random.nextBoolean() ? 200 : 502);
          case 4 -> new Fault.Truncated();
          default -> scene.rig().fault(troubles[random.nextInt(troubles.length)]);
        };
    scene.fault(method, 1 + random.nextInt(2), fault);
  }

  private void meddle(Site site) {
    List<InstanceId> machines = site.ids();
    switch (random.nextInt(3)) {
      case 0 -> scene.cloud().setTarget(site.id(), 1 + random.nextInt(MAX - 5));
      case 1 -> {
        if (!machines.isEmpty()) {
          scene.cloud().lose(machines.get(random.nextInt(machines.size())));
        }
      }
      default -> {
        if (!machines.isEmpty()) {
          scene.cloud().recreate(machines.get(random.nextInt(machines.size())));
        }
      }
    }
  }

  private void stock() {
    if (random.nextBoolean()) {
      scene.cloud().restock();
    } else {
      List<Variant> variants = scene.rig().onDemand();
      scene
          .cloud()
          .sellOut(FailureScope.ofZone(variants.get(random.nextInt(variants.size())).zone()));
    }
  }

  private void conclude() {
    scene.heal();
    scene.cloud().restock();
    for (int i = 0; i < 4; i++) {
      scene.pass(Duration.ofMinutes(15));
      scene.observe(sites);
    }
    for (Site site : sites) {
      assertThat(site.belief().view().target()).isEqualTo(site.target());
      assertThat(site.believed()).isEqualTo(site.ids());
      assertThat(site.ledger().objection(scene.now())).isEmpty();
      if (site.target() < MAX) {
        Outcomes.done(site.grow(1));
      }
    }
  }
}
