package dev.windlass.daemon.resource;

import dev.windlass.core.model.GpuFailure;
import dev.windlass.core.model.GpuHealth;
import dev.windlass.core.model.GpuNode;
import dev.windlass.core.model.GpuPhase;
import dev.windlass.core.model.GpuRepair;
import dev.windlass.core.model.GpuStackName;
import dev.windlass.core.model.NodeName;
import dev.windlass.core.model.OperationId;
import dev.windlass.daemon.resource.GpuNodeStatus.Failure;
import dev.windlass.daemon.resource.GpuNodeStatus.FinishedStep;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a GpuNode resource means, and how the daemon writes one. */
public final class GpuNodeMapping {
  private GpuNodeMapping() {}

  /** Reads a GpuNode; a status without times counts as one that says nothing. */
  public static Parsed<GpuNode> parse(GpuNodeResource resource) {
    Findings findings = new Findings();
    String name = KubernetesSyntax.name(resource.getMetadata(), findings);
    @Nullable GpuNodeSpec spec = resource.getSpec();
    String stack = spec == null || spec.stack() == null ? "" : spec.stack();
    if (stack.isBlank()) {
      findings.missing("spec.stack", "the name of a GpuStack");
    }
    @Nullable GpuNodeStatus given = resource.getStatus();
    GpuNodeStatus status = given == null ? GpuNodeStatus.EMPTY : given;
    Map<GpuPhase, Instant> finished = finished(status, findings);
    GpuHealth health = GpuHealthMapping.health(status, findings);
    return findings.result(() ->
        new GpuNode(
            new NodeName(name),
            new GpuStackName(stack),
            operation(spec),
            finished,
            refusal(spec).or(() -> failure(spec, status)).orElse(null),
            health,
            endsAt(status, findings).orElse(null)));
  }

  private static Optional<Instant> endsAt(GpuNodeStatus status, Findings findings) {
    GpuNodeStatus.@Nullable Interruption interruption = status.interruption();
    if (interruption == null) {
      return Optional.empty();
    }
    Optional<Instant> at = KubernetesSyntax.time(interruption.at());
    if (at.isEmpty()) {
      findings.add("status.interruption.at", interruption.at(), "a time of RFC 3339");
    }
    return at;
  }

  private static @Nullable OperationId operation(@Nullable GpuNodeSpec spec) {
    String id = spec == null ? null : spec.operationId();
    return id == null || id.isBlank() ? null : new OperationId(id);
  }

  /** The step that a phase asks of the node's agent; empty for phases without one. */
  public static Optional<GpuNodeSpec.Step> step(GpuPhase phase) {
    return switch (phase) {
      case DRIVER -> Optional.of(GpuNodeSpec.Step.Driver);
      case RUNTIME -> Optional.of(GpuNodeSpec.Step.Runtime);
      case DEVICE_PLUGIN -> Optional.of(GpuNodeSpec.Step.DevicePlugin);
      case VALIDATING -> Optional.of(GpuNodeSpec.Step.Validating);
      case LAUNCHING, REGISTERING, READY, FAILED -> Optional.empty();
    };
  }

  /** The step that a repair asks of the node's agent; empty for repairs without one. */
  public static Optional<GpuNodeSpec.Step> step(GpuRepair repair) {
    return switch (repair) {
      case RESET -> Optional.of(GpuNodeSpec.Step.Reset);
      case REBOOT -> Optional.of(GpuNodeSpec.Step.Reboot);
      case NONE, RESTART, REPLACE -> Optional.empty();
    };
  }

  /** The repair that a step is; empty for the steps of a bootstrap. */
  public static Optional<GpuRepair> repair(GpuNodeSpec.Step step) {
    return switch (step) {
      case Reset -> Optional.of(GpuRepair.RESET);
      case Reboot -> Optional.of(GpuRepair.REBOOT);
      case Driver, Runtime, DevicePlugin, Validating -> Optional.empty();
    };
  }

  /** The phase in which a step is done; a repair is one of ready nodes. */
  public static GpuPhase phase(GpuNodeSpec.Step step) {
    return switch (step) {
      case Driver -> GpuPhase.DRIVER;
      case Runtime -> GpuPhase.RUNTIME;
      case DevicePlugin -> GpuPhase.DEVICE_PLUGIN;
      case Validating -> GpuPhase.VALIDATING;
      case Reset, Reboot -> GpuPhase.READY;
    };
  }

  private static Map<GpuPhase, Instant> finished(GpuNodeStatus status, Findings findings) {
    Map<GpuPhase, Instant> finished = new EnumMap<>(GpuPhase.class);
    int index = 0;
    for (FinishedStep each : status.finished()) {
      Optional<Instant> at = KubernetesSyntax.time(each.at());
      if (at.isPresent()) {
        finished.put(phase(each.step()), at.get());
      } else {
        findings.add("status.finished[" + index + "].at", each.at(), "a time of RFC 3339");
      }
      index++;
    }
    finished.remove(GpuPhase.READY);
    return finished;
  }

  /** What the daemon itself has found against the step, if it is still the same operation. */
  private static Optional<GpuFailure> refusal(@Nullable GpuNodeSpec spec) {
    if (spec == null || spec.refusal() == null || spec.step() == null) {
      return Optional.empty();
    }
    GpuNodeSpec.Refusal refusal = spec.refusal();
    return refusal.operationId().equals(spec.operationId())
        ? Optional.of(new GpuFailure(phase(spec.step()), refusal.cause(), words(refusal.message())))
        : Optional.empty();
  }

  /** The agent's word, unless it answers an earlier operation. */
  private static Optional<GpuFailure> failure(@Nullable GpuNodeSpec spec, GpuNodeStatus status) {
    @Nullable Failure failure = status.failure();
    boolean earlier =
        spec != null
            && spec.operationId() != null
            && status.operationId() != null
            && !status.operationId().equals(spec.operationId());
    return failure == null || earlier
        ? Optional.empty()
        : Optional.of(
            new GpuFailure(phase(failure.step()), failure.cause(), words(failure.message())));
  }

  private static String words(@Nullable String message) {
    return message == null ? "" : message;
  }
}
