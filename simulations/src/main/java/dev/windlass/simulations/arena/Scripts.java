package dev.windlass.simulations.arena;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * The courses of all workloads. Numbers of pods and times are those of the peers' runs; where their
 * pods' sizes are not known, ours lead to the same lower bound within a percent.
 */
final class Scripts {
  /** How long is looked at what becomes of the nodes when the last pod is gone. */
  private static final Duration TAIL = Duration.ofSeconds(70);

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration PLATEAU = Duration.ofSeconds(10);
  private static final Duration EXECUTORS_RUN = Duration.ofSeconds(45);
  private static final int SEED = 1;

  private Scripts() {}

  static void burst(Arena arena) throws InterruptedException {
    List<Pod> pods = ArenaPods.mixed(500);
    arena.submit(pods);
    arena.awaitRunning(PATIENCE);
    arena.markPlateau(arena.bound(pods));
    arena.hold(PLATEAU);
    arena.deletePods();
    arena.hold(TAIL);
  }

  static void spark(Arena arena) throws InterruptedException {
    waves(arena, Duration.ofSeconds(75));
  }

  static void gap(Arena arena) throws InterruptedException {
    waves(arena, Duration.ofMinutes(2));
  }

  private static void waves(Arena arena, Duration apart) throws InterruptedException {
    for (int wave = 0; wave < 3; wave++) {
      Duration begin = apart.multipliedBy(wave);
      List<Pod> executors = ArenaPods.executors(wave, 100);
      arena.holdUntil(begin);
      arena.submit(executors);
      arena.awaitRunning(PATIENCE);
      arena.markPlateau(arena.bound(executors));
      arena.holdUntil(begin.plus(EXECUTORS_RUN));
      arena.deletePods();
    }
    arena.hold(TAIL);
  }

  static void gpu(Arena arena) throws InterruptedException {
    List<Pod> pods = new ArrayList<>();
    pods.addAll(ArenaPods.gpu("gpu-1", 1, 20));
    pods.addAll(ArenaPods.gpu("gpu-2", 2, 10));
    pods.addAll(ArenaPods.gpu("gpu-4", 4, 6));
    pods.addAll(ArenaPods.gpu("gpu-8", 8, 4));
    Collections.shuffle(pods, new Random(SEED));
    arena.submit(pods);
    arena.awaitRunning(PATIENCE);
    arena.markPlateau(arena.bound(pods));
    arena.hold(TAIL);
  }

  static void spread(Arena arena) throws InterruptedException {
    List<Pod> pods = ArenaPods.spread(60);
    arena.submit(pods);
    arena.awaitRunning(PATIENCE);
    arena.markPlateau(60 * arena.cheapestMachine());
    arena.hold(Duration.ofSeconds(6));
  }

  /** Twenty Deployments of ten, each under a budget; half of them go down to three. */
  static void shrink(Arena arena) throws InterruptedException {
    List<HasMetadata> full = new ArrayList<>();
    List<Pod> left = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      full.addAll(ArenaPods.deployment(i, 10));
      left.addAll(ArenaPods.podsOf(i, i % 2 == 0 ? 3 : 10));
    }
    arena.submitObjects(full, 200);
    arena.awaitRunning(PATIENCE);
    arena.stopClock();
    arena.hold(PLATEAU);
    for (int i = 0; i < 20; i += 2) {
      arena.scale(ArenaPods.deploymentName(i), 3);
    }
    arena.hold(Duration.ofMinutes(5));
    arena.markPlateau(arena.bound(left));
  }

  /** Four places of eight GPUs for a group of pods that makes no sense in three. */
  static void gang(Arena arena) throws InterruptedException {
    arena.limit("gpu-a100", 3);
    List<Pod> members = ArenaPods.gang(4, 8);
    arena.submitObjects(List.of(ArenaPods.podGroup(4)), 0);
    arena.submit(members);
    arena.hold(Duration.ofSeconds(30));
    arena.explain(members.getFirst());
  }

  static void infeasible(Arena arena) throws InterruptedException {
    List<Pod> pods = ArenaPods.infeasible();
    arena.submit(pods);
    arena.hold(Duration.ofSeconds(10));
    pods.forEach(arena::explain);
  }
}
