package dev.windlass.simulations.arena;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What is played, in the order of the report. */
enum Workload {
  BURST(Scripts::burst, Settings.DEFAULT, Settings.QUICK),
  SPARK(Scripts::spark, Settings.QUICK),
  GAP(Scripts::gap, Settings.QUICK),
  GPU(Scripts::gpu, Settings.DEFAULT),
  SPREAD(Scripts::spread, Settings.DEFAULT),
  SHRINK(Scripts::shrink, Settings.QUICK),
  GANG(Scripts::gang, Settings.DEFAULT),
  INFEASIBLE(Scripts::infeasible, Settings.DEFAULT);

  private final Script script;
  private final List<Settings> telling;

  Workload(Script script, Settings... telling) {
    this.script = script;
    this.telling = List.of(telling);
  }

  /** The course of a workload. */
  interface Script {
    void play(Arena arena) throws InterruptedException;
  }

  static Optional<Workload> named(String label) {
    return Stream.of(values()).filter(each -> each.label().equals(label)).findFirst();
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  Script script() {
    return script;
  }

  /** The settings under which it tells something within its time. */
  List<Settings> telling() {
    return telling;
  }
}
