package dev.windlass.simulations.cloud;

import dev.windlass.core.model.Instance;
import dev.windlass.core.model.Offering;
import dev.windlass.core.model.Resources;
import dev.windlass.simulations.world.Hardware;
import dev.windlass.simulations.world.Writes;
import io.fabric8.kubernetes.api.model.Node;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a machine does after its launch: its kubelet writes the Node object, not ready at first,
 * then ready. A machine that is gone leaves a Node that is no longer ready; the object itself is
 * Windlass's to delete.
 */
public final class MachineBoot implements Hardware, AutoCloseable {
  private static final Duration STEP = Duration.ofMillis(40);

  private final Fleet cloud;
  private final Writes writes;
  private final InstantSource clock;
  private final Map<String, Machine> machines = new ConcurrentHashMap<>();
  private final Thread thread;

  private enum Stage {
    LAUNCHED,
    REGISTERED,
    READY,
    GONE
  }

  private record Machine(Instance instance, Offering offering, Instant launched, Stage stage) {
    Machine in(Stage next) {
      return new Machine(instance, offering, launched, next);
    }
  }

  /**
   * Starts to boot what the cloud launches.
   *
   * @param writes the API server, under the identity that writes Node objects
   */
  public MachineBoot(Fleet cloud, Writes writes, InstantSource clock) {
    this.cloud = cloud;
    this.writes = writes;
    this.clock = clock;
    this.thread = Thread.ofPlatform().name("machine-boot").daemon().start(this::run);
  }

  /** The name of an instance's node. */
  public static String nodeName(Instance instance) {
    String id = instance.id().value();
    String own = id.substring(id.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    String group = instance.group() + "-";
    return own.startsWith(group) ? own : group + (own.startsWith("i-") ? own.substring(2) : own);
  }

  private void run() {
    while (!Thread.currentThread().isInterrupted()) {
      step(clock.instant());
      try {
        Thread.sleep(STEP);
      } catch (InterruptedException _) {
        return;
      }
    }
  }

  private void step(Instant now) {
    for (CloudEvent event : cloud.takeEvents(now)) {
      String name = nodeName(event.instance());
      switch (event) {
        case CloudEvent.Launched launched ->
            machines.put(
                name,
                new Machine(
                    launched.instance(), launched.offering(), launched.at(), Stage.LAUNCHED));
        case CloudEvent.LaunchFailed _ -> {}
        case CloudEvent.Gone _ -> machines.computeIfPresent(name, (_, it) -> it.in(Stage.GONE));
      }
    }
    List.copyOf(machines.entrySet()).forEach(entry -> boot(entry.getKey(), entry.getValue(), now));
  }

  private void boot(String name, Machine machine, Instant now) {
    Instant registration = machine.launched().plus(cloud.delays().registration());
    Instant readiness = registration.plus(cloud.delays().readiness());
    switch (machine.stage()) {
      case LAUNCHED -> {
        if (!now.isBefore(registration) && register(name, machine, now)) {
          machines.replace(name, machine, machine.in(Stage.REGISTERED));
        }
      }
      case REGISTERED -> {
        if (!now.isBefore(readiness) && writeReady(name, true, now)) {
          machines.replace(name, machine, machine.in(Stage.READY));
        }
      }
      case READY -> {}
      case GONE -> {
        if (writeReady(name, false, now)) {
          machines.remove(name);
        }
      }
    }
  }

  private boolean register(String name, Machine machine, Instant now) {
    Node node = NodeObjects.registered(name, machine.instance(), machine.offering(), now);
    return writes.attempt("create Node " + name, client -> client.resource(node).create());
  }

  /** Whether nothing is left to be done, also because there is no such Node. */
  private boolean writeReady(String name, boolean ready, Instant now) {
    List<Boolean> settled = new ArrayList<>();
    writes.attempt(
        "readiness of Node " + name,
        client -> {
          Node node = client.nodes().withName(name).get();
          if (node == null) {
            settled.add(true);
            return;
          }
          client.resource(NodeObjects.withReadiness(node, ready, now)).updateStatus();
          settled.add(true);
        });
    return !settled.isEmpty();
  }

  @Override
  public boolean running(String node) {
    Machine machine = machines.get(node);
    return machine != null && machine.stage() != Stage.GONE;
  }

  @Override
  public Resources devices(String node) {
    Machine machine = machines.get(node);
    return machine == null
        ? Resources.NONE
        : NodeObjects.devices(machine.offering().template().allocatable());
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join(Duration.ofSeconds(10));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
