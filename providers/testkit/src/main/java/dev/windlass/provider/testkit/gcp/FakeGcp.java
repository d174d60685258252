package dev.windlass.provider.testkit.gcp;

import dev.windlass.core.model.FailureScope;
import dev.windlass.core.model.InstanceId;
import dev.windlass.core.model.Variant;
import dev.windlass.provider.testkit.FakeCloud;
import dev.windlass.provider.testkit.FaultScript;
import dev.windlass.provider.testkit.Journal;
import dev.windlass.provider.testkit.LoopbackServer;
import dev.windlass.provider.testkit.VirtualClock;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Google Cloud at one address on loopback. A group whose location is a region spreads over the
 * zones of its variants, and one with several machine types chooses among them. The API keeps no
 * bounds of a group, so bounds have no effect here. A machine of which there is no virtual machine
 * yet has the incarnation {@value #NOT_MADE}.
 */
public final class FakeGcp implements FakeCloud {
  /** In place of the numeric id of a virtual machine. */
  public static final String NOT_MADE = "not-made";

  private static final Duration PREEMPTION = Duration.ofSeconds(30);
  private static final String USUAL_PROJECT = "acme";

  private final GceState state;
  private final PageSize pages;
  private final CatalogueMethods catalogue;
  private final GkeMethods gke;
  private final GceProtocol protocol;
  private final FaultScript faults = new FaultScript();
  private final Journal journal = new Journal();
  private final LoopbackServer server;

  /**
   * Starts without groups.
   *
   * @param clock its time
   * @param seed for what the cloud chooses by itself
   * @param largestPage how many items a page holds at most
   */
  public FakeGcp(VirtualClock clock, long seed, int largestPage) throws IOException {
    state = new GceState(clock, seed);
    pages = new PageSize(largestPage);
    catalogue = new CatalogueMethods(state, pages);
    gke = new GkeMethods(state);
    protocol = new GceProtocol(state, catalogue, gke, pages);
    server = new LoopbackServer(protocol, faults, journal, clock);
  }

  /** Where it listens. */
  public URI endpoint() {
    return server.endpoint();
  }

  @Override
  public VirtualClock clock() {
    return state.clock;
  }

  @Override
  public FaultScript faults() {
    return faults;
  }

  @Override
  public Journal journal() {
    return journal;
  }

  @Override
  public void setLatency(Duration latency) {
    server.setLatency(latency);
  }

  @Override
  public void addGroup(FakeGroup group) {
    locked(world -> {
      ManagedGroup managed = new ManagedGroup(group.id(), cloudId(group), group.variants());
      world.groups.put(managed.id, managed);
      world.resize(managed, group.target());
      managed.machines.values().forEach(FakeGcp::run);
    });
  }

  /**
   * A group's name in the API, {@code PROJECT/LOCATION/NAME}: its id, if that is one; otherwise it
   * is in the zone of its variants, or in their region if they have several zones.
   */
  public static String cloudId(FakeGroup group) {
    if (group.id().split("/").length == 3) {
      return group.id();
    }
    List<String> zones = group.variants().stream().map(Variant::zone).distinct().toList();
    Location first = new Location(zones.getFirst());
    String location = zones.size() == 1 ? first.name() : first.region();
    return USUAL_PROJECT + "/" + location + "/" + group.id();
  }

  private static void run(ManagedMachine machine) {
    if (machine.id != 0) {
      machine.action = "NONE";
      machine.status = "RUNNING";
    }
  }

  @Override
  public void removeGroup(String group) {
    locked(world -> world.groups.remove(group));
  }

  /** What the instance template of a group holds. */
  public void setTemplate(String group, GcpTemplate template) {
    locked(world -> world.group(group).template = template);
  }

  /** Other controllers of a group: an autoscaler, redistribution over zones, repair. */
  public void setRivals(String group, boolean autoscaler, boolean redistribution, boolean repair) {
    locked(world -> {
      ManagedGroup managed = world.group(group);
      managed.hasAutoscaler = autoscaler;
      managed.redistributes = redistribution;
      managed.repairs = repair;
    });
  }

  /** A GKE cluster, {@code PROJECT/LOCATION/NAME}. */
  public void putCluster(String cluster, List<GkePool> pools) {
    locked(_ -> gke.put(cluster, pools));
  }

  /** Machines that are kept for the project. */
  public void addReservation(GcpReservation reservation) {
    locked(_ -> catalogue.add(reservation));
  }

  /** Operations that begin from now on never end. */
  public void setOperationsHanging(boolean hanging) {
    locked(world -> world.operations.setHanging(hanging));
  }

  /** Operations of before are not known any more, and their request ids are free. */
  public void forgetOperations() {
    locked(world -> world.operations.forget());
  }

  /** So many requests of a method are served in each minute of the clock. */
  public void setRate(int requestsPerMinute) {
    locked(_ -> protocol.setRate(requestsPerMinute));
  }

  /** Pages hold so many items at most. */
  public void setLargestPage(int items) {
    locked(_ -> pages.set(items));
  }

  /** How long resize requests wait. */
  public void setQueue(Duration wait) {
    locked(world -> world.queue = wait);
  }

  /** How many machines the cloud's own preemptions have taken. */
  public int preemptions() {
    return read(world -> world.operations.of("compute.instances.preempted").size());
  }

  @Override
  public void setTarget(String group, int target) {
    locked(world -> world.resize(world.group(group), target));
  }

  @Override
  public void setLimits(String group, int min, int max) {
    locked(world -> world.group(group));
  }

  @Override
  public int target(String group) {
    return read(world -> world.group(group).target);
  }

  @Override
  public List<FakeMachine> machines(String group) {
    return read(world -> machines(world.group(group)));
  }

  private static List<FakeMachine> machines(ManagedGroup group) {
    return group.machines.values().stream()
        .map(it ->
            new FakeMachine(
                new InstanceId(GceState.providerId(group, it), it.id == 0 ? NOT_MADE : "" + it.id),
                it.variant,
                it.isRunning(),
                it.isLeaving()))
        .toList();
  }

  @Override
  public void sellOut(FailureScope scope) {
    locked(world -> {
      world.stock.sellOut(scope);
      for (ManagedGroup group : world.groups.values()) {
        group.machines.values().stream()
            .filter(it -> scope.covers(it.variant))
            .filter(it -> it.action.equals("CREATING") || it.action.equals("RECREATING"))
            .forEach(it -> it.recreateLater(world.now()));
      }
    });
  }

  @Override
  public void restock() {
    locked(world -> world.stock.restock());
  }

  @Override
  public void limit(FailureScope scope, int machines) {
    locked(world -> world.stock.limit(scope, machines));
  }

  @Override
  public void lose(InstanceId machine) {
    recreate(machine);
  }

  @Override
  public void recreate(InstanceId machine) {
    locked(world -> world.place(machine).machine().recreate(world.now()));
  }

  @Override
  public void protect(InstanceId machine) {
    locked(world -> world.place(machine).machine().isProtected = true);
  }

  @Override
  public void setTimes(Duration boot, Duration deletion) {
    locked(world -> {
      world.boot = boot;
      world.deletion = deletion;
    });
  }

  @Override
  public void setListingLag(Duration lag) {
    locked(world -> world.lag = lag);
  }

  @Override
  public void interrupt(InstanceId machine, @Nullable Instant deadline) {
    locked(world -> {
      GceState.Place place = world.place(machine);
      Instant end = deadline == null ? world.now().plus(PREEMPTION) : deadline;
      world.preempt(place, end);
    });
  }

  @Override
  public void close() {
    server.close();
  }

  private void locked(Consumer<GceState> change) {
    synchronized (state) {
      state.settle();
      change.accept(state);
      state.settle();
    }
  }

  private <T> T read(Function<GceState, T> reading) {
    synchronized (state) {
      state.settle();
      return reading.apply(state);
    }
  }
}
