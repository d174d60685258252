package dev.windlass.daemon.dashboard;

import dev.windlass.core.gpu.GpuPlan.Machine;
import dev.windlass.core.gpu.GpuPlan.Progress;
import dev.windlass.core.model.GpuFailure;
import dev.windlass.core.model.GpuPhase;
import dev.windlass.core.model.GpuStack;
import dev.windlass.core.model.GpuStackName;
import dev.windlass.engine.Tick;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** GPU machines on their way to ready, most urgent first; those ready for long are a number. */
final class GpuSection {
  private static final int MAX_ROWS = 100;
  private static final Duration READY_SHOWN = Duration.ofMinutes(15);

  private final Tick tick;
  private final Map<PhaseTimes.Key, Long> typical;
  private final Map<GpuStackName, GpuStack> stacks;
  private final Instant now;

  GpuSection(HistoryView view) {
    tick = view.tick();
    typical = view.starts();
    now = tick.decision().at();
    stacks =
        tick.snapshot().gpu().stacks().stream()
            .collect(Collectors.toMap(GpuStack::name, stack -> stack, (first, _) -> first));
  }

  /** Writes {@code gpu} and {@code gpuTotals}. */
  void write(Fields document) {
    List<Machine> machines = tick.decision().plans().gpu().machines();
    List<Machine> rows =
        machines.stream()
            .filter(this::isShown)
            .sorted(
                Comparator.comparingInt(
                        (Machine machine) -> GpuRow.urgency(machine.progress(), now))
                    .thenComparing(Machine::name))
            .limit(MAX_ROWS)
            .toList();
    document.list("gpu", rows, this::row);
    document.put(
        "gpuTotals",
        Fields.object()
            .put("ready", count(machines, 3))
            .put("failed", count(machines, 0))
            .put("late", count(machines, 1))
            .put("running", count(machines, 1) + count(machines, 2))
            .put("more", machines.stream().filter(this::isShown).count() - rows.size()));
  }

  private long count(List<Machine> machines, int urgency) {
    return machines.stream()
        .filter(machine -> GpuRow.urgency(machine.progress(), now) == urgency)
        .count();
  }

  private boolean isShown(Machine machine) {
    if (machine.progress().phase() != GpuPhase.READY) {
      return true;
    }
    Instant readyAt = machine.progress().started().get(GpuPhase.READY);
    return readyAt != null && readyAt.isAfter(now.minus(READY_SHOWN));
  }

  Fields row(Machine machine) {
    Progress progress = machine.progress();
    GpuFailure failure = progress.failure();
    return Fields.object()
        .put("node", machine.name())
        .put("nodeGroup", machine.nodeGroup().value())
        .put("stack", machine.stack().value())
        .put("phase", progress.phase().title())
        .put("state", state(progress))
        .put("deadline", progress.deadline())
        .put("title", title(progress))
        .put("tags", tags(machine))
        .put("readyAt", progress.started().get(GpuPhase.READY))
        .put("failedAt", progress.started().get(GpuPhase.FAILED))
        .put("action", machine.action())
        .put("failedPhase", failure == null ? null : failure.phase().title())
        .put("cause", failure == null ? null : failure.cause())
        .put("message", failure == null ? null : failure.message())
        .list("phases", GpuRow.steps(progress), step -> phase(machine, step));
  }

  private static String title(Progress progress) {
    GpuFailure failure = progress.failure();
    return progress.phase() == GpuPhase.FAILED && failure != null
        ? "Failed in " + failure.phase().title()
        : progress.phase().title();
  }

  private String tags(Machine machine) {
    GpuFailure failure = machine.progress().failure();
    String rule = failure == null ? machine.progress().phase().title() : failure.cause();
    String group = machine.nodeGroup().value();
    return Sentences.tags("group", group, "rule", rule, "state", state(machine.progress()));
  }

  private String state(Progress progress) {
    return switch (GpuRow.urgency(progress, now)) {
      case 0 -> "need";
      case 1 -> "wait";
      case 2 -> "come";
      default -> "ok";
    };
  }

  private Fields phase(Machine machine, GpuRow.Step step) {
    Fields fields =
        Fields.object()
            .put("phase", step.phase().title())
            .put("startedAt", step.startedAt())
            .put("endedAt", step.endedAt())
            .put("deadline", deadline(machine, step));
    Long median = typical.get(new PhaseTimes.Key(machine.nodeGroup(), step.phase()));
    return median == null ? fields : fields.put("typicalSeconds", median);
  }

  private @Nullable Instant deadline(Machine machine, GpuRow.Step step) {
    if (step.phase() == machine.progress().phase() && machine.progress().deadline() != null) {
      return machine.progress().deadline();
    }
    GpuStack stack = stacks.get(machine.stack());
    Duration limit = stack == null ? null : stack.deadlines().get(step.phase());
    return limit == null ? null : step.startedAt().plus(limit);
  }
}
