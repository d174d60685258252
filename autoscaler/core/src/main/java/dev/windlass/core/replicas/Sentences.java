package dev.windlass.core.replicas;

import dev.windlass.core.model.ScalingExtras.Pause;
import org.jspecify.annotations.Nullable;

/** Why a target gets the size it gets, in one sentence each. */
final class Sentences {
  private Sentences() {}

  static String stabilization(@Nullable ReplicaReason reason) {
    if (reason == null) {
      return "recent proposals do not hold the target back";
    }
    if (reason == ReplicaReason.PANIC) {
      return "the load rose so fast that window and policies of growth do not count";
    }
    return reason == ReplicaReason.SCALE_UP_STABILIZED
        ? "a recent proposal was lower; the lowest recent one holds"
        : "a recent proposal was higher; the highest recent one holds";
  }

  static String limit(ReplicaReason reason) {
    if (reason == ReplicaReason.TOO_FEW_REPLICAS) {
      return "the metrics ask for less than the minimum";
    }
    if (reason == ReplicaReason.TOO_MANY_REPLICAS) {
      return "the metrics ask for more than the maximum";
    }
    if (reason == ReplicaReason.SCALE_UP_LIMIT) {
      return "the metrics ask for faster growth than is allowed";
    }
    return reason == ReplicaReason.SCALE_DOWN_LIMIT
        ? "the metrics ask for faster shrinking than is allowed"
        : "the wanted size is within what is allowed";
  }

  /** What a paused scaler would do, and how its pause ends. */
  static String paused(Pause pause, int current, Outcome outcome) {
    String end = pause.until() == null ? "" : " until " + pause.until();
    String reason = pause.reason().isEmpty() ? "" : " (" + pause.reason() + ")";
    String act =
        outcome.desired() == current
            ? "stay at " + current
            : "scale from " + current + " to " + outcome.desired();
    return "paused" + end + reason + "; it would " + act;
  }

  static String why(int current, MetricSummary.Wanted wanted, NextSize next) {
    ReplicaReason binding = next.binding();
    String asked =
        wanted.replicas() > current
            ? wanted.phrase() + " above target"
            : wanted.replicas() < current
                ? "All metrics below target"
                : wanted.phrase() + " on target";
    if (binding == null) {
      return asked;
    }
    String cause =
        binding == next.limitedBy() ? limit(binding) : stabilization(next.stabilizedBy());
    return asked + " (asks for " + wanted.replicas() + "): " + cause;
  }
}
