package dev.windlass.simulations.demo;

import dev.windlass.simulations.world.Pace;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** Submits what the scenario says, when it says so. */
final class ScenarioPlayer {
  private final Deque<Scenario.Entry> left;
  private final Installation installation;
  private final ScaledResources scaled;
  private final Pace pace;
  private final Instant end;

  ScenarioPlayer(Scenario scenario, Installation installation, ScaledResources scaled, Pace pace) {
    this.left = new ArrayDeque<>(scenario.later());
    this.installation = installation;
    this.scaled = scaled;
    this.pace = pace;
    this.end = pace.at(scenario.end());
  }

  /** Submits what is due. */
  void step(Instant now) {
    while (!left.isEmpty() && !pace.at(left.getFirst().at()).isAfter(now)) {
      installation.create(scaled.object(left.removeFirst().object()));
    }
  }

  /** Whether nothing new will happen. */
  boolean isOver(Instant now) {
    return left.isEmpty() && !now.isBefore(end);
  }
}
