package dev.windlass.simulations.arena;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What is played, in the order of the report. */
enum Workload {
  BURST,
  SPARK,
  GAP,
  GPU,
  SPREAD,
  SHRINK,
  GANG,
  INFEASIBLE;

  static Optional<Workload> named(String label) {
    return Stream.of(values()).filter(each -> each.label().equals(label)).findFirst();
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  void play(Arena arena) throws InterruptedException {
    switch (this) {
      case BURST -> Scripts.burst(arena);
      case SPARK -> Scripts.spark(arena);
      case GAP -> Scripts.gap(arena);
      case GPU -> Scripts.gpu(arena);
      case SPREAD -> Scripts.spread(arena);
      case SHRINK -> Scripts.shrink(arena);
      case GANG -> Scripts.gang(arena);
      case INFEASIBLE -> Scripts.infeasible(arena);
    }
  }

  /** The settings under which it tells something within its time. */
  List<Settings> telling() {
    return switch (this) {
      case BURST -> List.of(Settings.DEFAULT, Settings.QUICK);
      case SPARK, GAP, SHRINK -> List.of(Settings.QUICK);
      case GPU, SPREAD, GANG, INFEASIBLE -> List.of(Settings.DEFAULT);
    };
  }
}
