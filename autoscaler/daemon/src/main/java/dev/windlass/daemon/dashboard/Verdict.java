package dev.windlass.daemon.dashboard;

import dev.windlass.core.gpu.GpuPlan;
import dev.windlass.core.model.GpuPhase;
import dev.windlass.core.scaleup.ScaleUpPlan;
import dev.windlass.daemon.dashboard.SeriesPoint.PodCounts;
import dev.windlass.engine.Tick;
import java.util.ArrayList;
import java.util.List;

/** The one sentence at the top: who needs a person, what is coming, what waits. */
final class Verdict {
  private Verdict() {}

  static Fields of(Tick tick) {
    PodCounts counts = PendingSection.counts(tick);
    return Fields.object()
        .put("outcome", outcome(counts))
        .put("message", message(counts))
        .put("story", story(tick));
  }

  private static String outcome(PodCounts counts) {
    if (counts.needYou() > 0) {
      return "need";
    }
    if (counts.waiting() > 0) {
      return "wait";
    }
    return counts.nodeComing() > 0 ? "come" : "ok";
  }

  private static String message(PodCounts counts) {
    if (counts.all() == 0) {
      return "Nothing is pending.";
    }
    List<String> parts = new ArrayList<>();
    if (counts.needYou() > 0) {
      parts.add(subject(counts.needYou()) + verb(counts.needYou(), " needs you", " need you"));
    }
    if (counts.nodeComing() > 0) {
      String who = parts.isEmpty() ? subject(counts.nodeComing()) : "" + counts.nodeComing();
      parts.add(who + verb(counts.nodeComing(), " has", " have") + " a node coming");
    }
    if (counts.waiting() > 0) {
      String who = parts.isEmpty() ? subject(counts.waiting()) : "" + counts.waiting();
      parts.add(who + verb(counts.waiting(), " waits", " wait"));
    }
    return String.join(", ", parts) + ".";
  }

  private static String subject(int pods) {
    return Sentences.count(pods, "pod");
  }

  private static String verb(int number, String one, String many) {
    return number == 1 ? one : many;
  }

  /** What this decision does about it; empty when it does nothing. */
  private static String story(Tick tick) {
    ScaleUpPlan scaleUp = tick.decision().plans().scaleUp();
    List<String> parts = new ArrayList<>();
    int ordered =
        scaleUp.increases().stream().mapToInt(increase -> increase.to() - increase.from()).sum();
    if (ordered > 0) {
      parts.add("orders " + Sentences.count(ordered, "node"));
    }
    int leaving = tick.decision().plans().scaleDown().removals().size();
    if (leaving > 0) {
      parts.add("removes " + Sentences.count(leaving, "node"));
    }
    long starting =
        tick.decision().plans().gpu().machines().stream().filter(Verdict::isStarting).count();
    if (starting > 0) {
      parts.add("brings up " + Sentences.count((int) starting, "GPU node"));
    }
    long moving =
        tick.decision().plans().replicas().decisions().stream()
            .filter(decision -> decision.size().current() != decision.size().desired())
            .count();
    if (moving > 0) {
      parts.add("resizes " + Sentences.count((int) moving, "workload"));
    }
    return parts.isEmpty()
        ? "This decision changes nothing."
        : "This decision " + String.join(", ", parts) + ".";
  }

  private static boolean isStarting(GpuPlan.Machine machine) {
    GpuPhase phase = machine.progress().phase();
    return phase != GpuPhase.READY && phase != GpuPhase.FAILED;
  }
}
