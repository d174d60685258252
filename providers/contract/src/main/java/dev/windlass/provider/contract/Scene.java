package dev.windlass.provider.contract;

import dev.windlass.core.model.Variant;
import dev.windlass.provider.spi.CallBudget;
import dev.windlass.provider.spi.CloudProvider;
import dev.windlass.provider.spi.Observation;
import dev.windlass.provider.testkit.FakeCloud;
import dev.windlass.provider.testkit.FakeCloud.FakeGroup;
import dev.windlass.provider.testkit.Fault;
import dev.windlass.provider.testkit.FaultScript.Target;
import dev.windlass.provider.testkit.Journal.Entry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A rig with groups, on which the invariants are checked with every call. */
public final class Scene implements AutoCloseable {
  /** Long enough for a machine that does much else. */
  private static final Duration PATIENT = Duration.ofSeconds(30);

  private static final Duration HURRIED = Duration.ofSeconds(2);
  private static final int WARM_UPS = 10;
  private static final Target EVERYTHING = Target.of("");

  private final Rig rig;
  private final List<CloudProvider> connected = new ArrayList<>();
  private final CloudProvider provider;
  private int operations;

  /** A scene without groups. */
  public Scene(Rig rig) {
    this.rig = rig;
    this.provider = connect();
  }

  /** What it plays on. */
  public Rig rig() {
    return rig;
  }

  /** The fake. */
  public FakeCloud cloud() {
    return rig.cloud();
  }

  /** The provider that is examined. */
  public CloudProvider provider() {
    return provider;
  }

  /** Another client of the same cloud: a second replica, or the process after a restart. */
  public CloudProvider connect() {
    return connect(CallBudget.UNLIMITED);
  }

  /** Another client with a budget of its own. */
  public CloudProvider connect(CallBudget budget) {
    return connect(budget, PATIENT);
  }

  /** Another client, warmed up, that waits for an answer for two seconds of real time only. */
  public CloudProvider connectHurried(Site site) {
    CloudProvider hurried = connect(CallBudget.UNLIMITED, HURRIED);
    for (int i = 0; i < WARM_UPS; i++) {
      if (Outcomes.isDone(hurried.observe(site.reference()))) {
        return hurried;
      }
    }
    throw new AssertionError("a reading takes longer than " + HURRIED);
  }

  private CloudProvider connect(CallBudget budget, Duration timeout) {
    CloudProvider another = rig.connect(budget, timeout);
    connected.add(another);
    return another;
  }

  /** A group with its machines running, of on-demand machines in every zone of the rig. */
  public Site site(int min, int max, int target) {
    return site("web", min, max, target, rig.onDemand());
  }

  /** A group with its machines running. */
  public Site site(String id, int min, int max, int target, List<Variant> variants) {
    FakeGroup group = new FakeGroup(id, min, max, target, variants);
    cloud().addGroup(group);
    return new Site(this, group);
  }

  /** Reads several groups at once, and notes what came in the ledger of each. */
  public Observation observe(List<Site> sites) {
    Instant begun = now();
    Observation observation = provider.observe(sites.stream().map(Site::reference).toList());
    sites.forEach(site -> site.note(observation, begun));
    return observation;
  }

  /** The cloud's time. */
  public Instant now() {
    return cloud().clock().instant();
  }

  /** Lets time pass in the cloud. */
  public void pass(Duration time) {
    cloud().clock().advance(time);
  }

  /** Every request gets into this trouble until {@link #heal}. */
  public void trouble(Trouble trouble) {
    cloud().faults().always(EVERYTHING, rig.fault(trouble));
  }

  /** The next requests of a method get into this trouble. */
  public void trouble(String method, int times, Trouble trouble) {
    fault(method, times, rig.fault(trouble));
  }

  /** The next requests of a method get this answer. */
  public void fault(String method, int times, Fault fault) {
    cloud().faults().times(Target.of(method), times, fault);
  }

  /** Nothing goes wrong any more. */
  public void heal() {
    cloud().faults().clear();
  }

  /** The methods that a reading calls. */
  public List<String> readMethods() {
    return methods(site -> site.look(), request -> !request.request().writes());
  }

  /** The method that raises a target. */
  public String increaseMethod() {
    return methods(site -> site.grow(1), request -> request.request().writes()).getFirst();
  }

  /** The method that deletes a machine. */
  public String deleteMethod() {
    return methods(
            site -> site.delete(List.of(site.machines().getFirst().id())),
            request -> request.request().writes())
        .getFirst();
  }

  /** The methods that something calls, found by doing it to a group that is not there before. */
  private List<String> methods(Consumer<Site> doing, Predicate<Entry> which) {
    Site probe = site("probe", 0, 10, 2, rig.onDemand());
    int before = cloud().journal().entries().size();
    doing.accept(probe);
    Stream<Entry> made = cloud().journal().entries().stream().skip(before);
    List<String> methods =
        made.filter(which).map(entry -> entry.request().method()).distinct().toList();
    cloud().removeGroup("probe");
    if (methods.isEmpty()) {
      throw new AssertionError("the provider called no such method");
    }
    return methods;
  }

  String nextOperation() {
    operations++;
    return "operation-" + operations;
  }

  @Override
  public void close() {
    connected.forEach(CloudProvider::close);
    rig.close();
  }
}
