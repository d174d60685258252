package dev.windlass.core.gpu;

import dev.windlass.core.action.Action;
import dev.windlass.core.decision.Decider;
import dev.windlass.core.decision.Decision;
import dev.windlass.core.model.GpuPhase;
import dev.windlass.core.model.Instance;
import dev.windlass.core.model.Keys;
import dev.windlass.core.model.Pod;
import dev.windlass.core.model.Resources;
import dev.windlass.core.model.Variant;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/**
 * A {@link GpuScene} that lives: whole decisions are made and carried out, machines come and go
 * through their phases in the time that a test gives them, agents do what they are asked, evicted
 * pods come again, and a scheduler binds pods where they fit.
 */
final class GpuWorld {
  final GpuScene scene = new GpuScene();

  /** How long a machine takes for a phase. */
  BiFunction<SceneMachine, GpuPhase, Duration> work = (_, _) -> Duration.ofSeconds(30);

  /** Machines that get stuck after they have registered. */
  Predicate<SceneMachine> stuck = _ -> false;

  private final Map<SceneMachine, EnumMap<GpuPhase, Instant>> due = new HashMap<>();
  private int orders;
  private int pods;
  int bought;

  /** Lets time pass; then everybody acts once, the daemon last. */
  Decision step(Duration time) {
    scene.after(time);
    act();
    return decide();
  }

  /** What everybody but the daemon does now. */
  void act() {
    List.copyOf(scene.machines).forEach(this::advance);
    schedule();
  }

  Decision decide() {
    Decision decision = Decider.decide(scene.snapshot(), scene.state, scene.policy, scene.now);
    scene.state = decision.next();
    decision.actions().forEach(this::apply);
    return decision;
  }

  /** A pending pod that uses devices. */
  void submit(long devices) {
    scene.pods.add(GpuPods.pending("pod-" + pods++, devices));
  }

  long pending() {
    return scene.pods.stream().filter(Pod::isPending).count();
  }

  private void apply(Action action) {
    switch (action) {
      case Action.IncreaseGroup increase -> increase.machines().forEach(this::order);
      case Action.EvictPod evict ->
          scene.pods.stream()
              .filter(pod -> pod.key().equals(evict.pod()))
              .findFirst()
              .ifPresent(this::again);
      case Action other -> scene.apply(other);
    }
  }

  private void order(Variant variant, int count) {
    for (int index = 0; index < count; index++) {
      SceneMachine machine = scene.machine("m-" + orders++);
      machine.variant = variant;
      bought++;
    }
  }

  /** Its controller makes another one. */
  void again(Pod pod) {
    scene.pods.remove(pod);
    submit(devices(pod));
  }

  private void advance(SceneMachine machine) {
    if (machine.instance == Instance.State.CREATING) {
      if (isDue(machine, GpuPhase.LAUNCHING)) {
        machine.instance = Instance.State.RUNNING;
      }
    } else if (machine.nodeCreatedAt == null) {
      if (isDue(machine, GpuPhase.REGISTERING)) {
        machine.registered(scene.now);
      }
    } else if (machine.operation != null && !stuck.test(machine)) {
      String order = machine.operation.value();
      GpuPhase step = GpuPhase.valueOf(order.substring(order.lastIndexOf(':') + 1));
      if (!machine.finished.containsKey(step) && isDue(machine, step)) {
        machine.finished(step, scene.now);
        machine.devices = step == GpuPhase.DEVICE_PLUGIN ? GpuScene.DEVICES : machine.devices;
      }
    }
  }

  private boolean isDue(SceneMachine machine, GpuPhase phase) {
    Instant at =
        due.computeIfAbsent(machine, _ -> new EnumMap<>(GpuPhase.class))
            .computeIfAbsent(phase, _ -> scene.now.plus(work.apply(machine, phase)));
    return !scene.now.isBefore(at);
  }

  private void schedule() {
    Map<SceneMachine, Long> free = new HashMap<>();
    for (SceneMachine machine : scene.machines) {
      boolean open = machine.nodeCreatedAt != null && machine.taints.isEmpty();
      free.put(machine, open ? machine.devices - used(machine) : 0);
    }
    List<Pod> all = new ArrayList<>(scene.pods);
    for (Pod pod : all) {
      if (pod.isPending()) {
        scene.machines.stream()
            .filter(machine -> free.getOrDefault(machine, 0L) >= devices(pod))
            .findFirst()
            .ifPresent(machine -> {
              free.merge(machine, -devices(pod), Long::sum);
              scene.pods.remove(pod);
              scene.pods.add(GpuPods.using(machine, pod.key().name(), devices(pod)));
            });
      }
    }
  }

  /** A machine and its node are gone, as when the cloud takes a spot machine back. */
  void lose(SceneMachine machine) {
    scene.machines.remove(machine);
    for (Pod pod : List.copyOf(scene.pods)) {
      if (machine.nodeName().equals(pod.placement().node())) {
        again(pod);
      }
    }
  }

  private long used(SceneMachine machine) {
    return scene.pods.stream()
        .filter(pod -> machine.nodeName().equals(pod.placement().node()))
        .mapToLong(GpuWorld::devices)
        .sum();
  }

  /** Machines that another version than the stack's made. */
  long outdated() {
    return scene.machines.stream()
        .filter(each ->
            !scene
                .upgrade
                .version()
                .equals(
                    each.annotations.getOrDefault(Keys.GPU_STACK_VERSION, scene.upgrade.version())))
        .count();
  }

  /** What the API server and the cloud show of the machines. */
  String visible() {
    StringBuilder text = new StringBuilder();
    for (SceneMachine each : scene.machines) {
      text.append(each.id).append(each.instance).append(each.nodeCreatedAt);
      text.append(each.finished).append(each.devices).append(each.taints).append(each.operation);
    }
    return text.toString();
  }

  private static long devices(Pod pod) {
    return pod.spec().containers().getFirst().requests().get(Resources.NVIDIA_GPU);
  }
}
