package dev.windlass.core.gpu;

import dev.windlass.core.model.AutoscalerState.PhaseStart;
import dev.windlass.core.model.CloudFailure;
import dev.windlass.core.model.GpuFailure;
import dev.windlass.core.model.GpuNode;
import dev.windlass.core.model.GpuPhase;
import dev.windlass.core.model.Instance;
import dev.windlass.core.model.Keys;
import dev.windlass.core.model.Node;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One machine's way from one phase to the next. Phases only go forward, with two exceptions that
 * are facts and not opinions: the Node object is gone or is a new one, so that everything after
 * registration starts again; and a step that was late succeeds after all, which undoes the failure
 * as long as the node is not being removed. In a paused group time stands still.
 */
final class GpuTransition {
  private final GpuMachine machine;
  private final Sight sight;

  private GpuTransition(GpuMachine machine, Sight sight) {
    this.machine = machine;
    this.sight = sight;
  }

  /** The phase now, from the phase before; null before means a machine that is new to us. */
  static PhaseStart next(GpuMachine machine, @Nullable PhaseStart before, Sight sight) {
    return new GpuTransition(machine, sight).from(before);
  }

  private PhaseStart from(@Nullable PhaseStart before) {
    if (before == null && machine.worksWithoutBootstrap()) {
      return new PhaseStart(GpuPhase.READY, notBeforeNode(), Map.of(), null);
    }
    PhaseStart known = before == null ? first() : before;
    if (!sight.kubernetes()) {
      return known;
    }
    PhaseStart current = undoneIfLate(againIfNodeChanged(known));
    if (current.phase() == GpuPhase.FAILED) {
      return current;
    }
    GpuFailure reported = reportedFailure();
    if (reported != null) {
      return failed(current, reported);
    }
    PhaseStart advanced = advanced(current);
    if (machine.isPaused() && advanced.phase() != GpuPhase.READY) {
      return new PhaseStart(advanced.phase(), sight.now(), advanced.past(), null);
    }
    return isOverdue(advanced)
        ? failed(advanced, GpuCause.overdue(machine, advanced.phase()))
        : advanced;
  }

  private PhaseStart first() {
    Instance instance = machine.instance();
    Node node = machine.node();
    if (instance != null) {
      Instant ordered = earlier(instance.createdAt(), sight.now());
      return new PhaseStart(GpuPhase.LAUNCHING, ordered, Map.of(), null);
    }
    Instant created = node == null ? sight.now() : node.status().createdAt();
    return new PhaseStart(GpuPhase.REGISTERING, earlier(created, sight.now()), Map.of(), null);
  }

  private PhaseStart againIfNodeChanged(PhaseStart before) {
    Instant began = beganOnNode(before);
    if (began == null) {
      return before;
    }
    Node node = machine.node();
    boolean gone = node == null && before.phase() != GpuPhase.FAILED;
    boolean renewed = node != null && node.status().createdAt().isAfter(began);
    if (!gone && !renewed) {
      return before;
    }
    Instant ordered = before.past().get(GpuPhase.LAUNCHING);
    Map<GpuPhase, Instant> past = ordered == null ? Map.of() : Map.of(GpuPhase.LAUNCHING, ordered);
    return new PhaseStart(GpuPhase.REGISTERING, sight.now(), past, null);
  }

  /** When the first phase that needs a Node object began, or null when none has. */
  private static @Nullable Instant beganOnNode(PhaseStart start) {
    for (GpuPhase phase : GpuPhase.values()) {
      boolean onNode = phase.compareTo(GpuPhase.DRIVER) >= 0 && phase != GpuPhase.FAILED;
      Instant began = phase == start.phase() ? start.startedAt() : start.past().get(phase);
      if (onNode && began != null) {
        return began;
      }
    }
    return null;
  }

  private PhaseStart undoneIfLate(PhaseStart before) {
    GpuFailure failure = before.failure();
    if (before.phase() != GpuPhase.FAILED || failure == null || machine.isLeaving()) {
      return before;
    }
    boolean passed = machine.observedPhase().compareTo(failure.phase()) > 0;
    if (!passed || !GpuCause.isOverdue(failure)) {
      return before;
    }
    EnumMap<GpuPhase, Instant> past = new EnumMap<>(GpuPhase.class);
    past.putAll(before.past());
    Instant began = past.remove(failure.phase());
    return new PhaseStart(failure.phase(), began == null ? before.startedAt() : began, past, null);
  }

  private @Nullable GpuFailure reportedFailure() {
    Instance instance = machine.instance();
    if (instance != null && machine.node() == null) {
      CloudFailure error = instance.error();
      if (error != null || instance.state() == Instance.State.FAILED) {
        String message = error == null ? "the cloud reports a failed machine" : error.message();
        return GpuCause.LAUNCH_FAILED.in(GpuPhase.LAUNCHING, message);
      }
    }
    GpuNode agent = machine.agent();
    if (agent != null && agent.failure() != null && !GpuRepairs.isTreated(machine.node())) {
      return agent.failure();
    }
    return GpuRepairs.givenUp(machine.node());
  }

  private PhaseStart advanced(PhaseStart before) {
    GpuPhase target = machine.observedPhase();
    PhaseStart current = before;
    if (before.phase().compareTo(target) < 0) {
      for (GpuPhase phase : EnumSet.range(before.phase(), target)) {
        current =
            phase == before.phase()
                ? before
                : entered(current, phase, startOf(phase, current), null);
      }
    }
    return current;
  }

  private Instant startOf(GpuPhase phase, PhaseStart current) {
    return switch (phase) {
      case LAUNCHING, FAILED -> sight.now();
      case REGISTERING ->
          earlier(sight.now(), current.startedAt().plus(machine.deadline(GpuPhase.LAUNCHING)));
      case DRIVER -> notBeforeNode();
      case RUNTIME, DEVICE_PLUGIN, VALIDATING, READY ->
          later(current.startedAt(), earlier(sight.now(), finishedAt(current.phase())));
    };
  }

  private Instant finishedAt(GpuPhase step) {
    Instant finished = machine.finishedAt(step);
    boolean waitsForDevices = step == GpuPhase.DEVICE_PLUGIN || step == GpuPhase.VALIDATING;
    return finished == null || waitsForDevices ? sight.now() : finished;
  }

  /** Now, or the node's creation where the API server's clock is ahead of ours. */
  private Instant notBeforeNode() {
    Node node = machine.node();
    return node == null ? sight.now() : later(sight.now(), node.status().createdAt());
  }

  private boolean isOverdue(PhaseStart current) {
    if (machine.isLeaving()) {
      return false;
    }
    if (current.phase() == GpuPhase.READY) {
      Instant opens = current.startedAt().plus(machine.deadline(GpuPhase.VALIDATING));
      boolean closed = machine.isTainted(Keys.GPU_NOT_READY) && !machine.hasDevices();
      return closed && !sight.now().isBefore(opens);
    }
    boolean cloudDecides =
        machine.instance() != null && current.phase().compareTo(GpuPhase.DRIVER) < 0;
    Instant deadline = current.startedAt().plus(machine.deadline(current.phase()));
    return (sight.cloud() || !cloudDecides) && !sight.now().isBefore(deadline);
  }

  private PhaseStart failed(PhaseStart before, GpuFailure failure) {
    return entered(before, GpuPhase.FAILED, sight.now(), failure);
  }

  private static PhaseStart entered(
      PhaseStart before, GpuPhase phase, Instant at, @Nullable GpuFailure failure) {
    EnumMap<GpuPhase, Instant> past = new EnumMap<>(GpuPhase.class);
    past.putAll(before.past());
    past.put(before.phase(), before.startedAt());
    return new PhaseStart(phase, at, past, failure);
  }

  private static Instant earlier(Instant left, Instant right) {
    return left.isBefore(right) ? left : right;
  }

  private static Instant later(Instant left, Instant right) {
    return left.isAfter(right) ? left : right;
  }
}
