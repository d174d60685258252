package dev.windlass.core.gpu;

import dev.windlass.core.model.AutoscalerState.PhaseStart;
import dev.windlass.core.model.GpuFailure;
import dev.windlass.core.model.GpuPhase;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Optional;

/**
 * The annotation {@code windlass.dev/gpu-phase}: what a node's memory is rebuilt from after a
 * restart. Phases with the times at which they began, in their order, then the failure if there is
 * one:
 *
 * <pre>
 * Launching=2026-05-04T10:00:00Z Registering=2026-05-04T10:01:10Z Driver=2026-05-04T10:02:00Z
 * … Driver=2026-05-04T10:02:00Z Failed=2026-05-04T10:12:00Z in=Driver cause=DriverTimedOut: words
 * </pre>
 */
public final class GpuPhaseNote {
  private static final String IN = " in=";
  private static final String CAUSE = " cause=";

  private GpuPhaseNote() {}

  /** The annotation's value. */
  public static String write(PhaseStart start) {
    StringBuilder text = new StringBuilder();
    for (GpuPhase phase : GpuPhase.values()) {
      Instant began = phase == start.phase() ? start.startedAt() : start.past().get(phase);
      if (began != null) {
        text.append(text.isEmpty() ? "" : " ").append(phase.title()).append('=').append(began);
      }
    }
    GpuFailure failure = start.failure();
    if (failure != null) {
      text.append(IN).append(failure.phase().title());
      text.append(CAUSE).append(failure.cause()).append(": ").append(failure.message());
    }
    return text.toString();
  }

  /** What the annotation says; empty when it is not one of ours. */
  public static Optional<PhaseStart> read(String text) {
    int end = text.indexOf(IN);
    String phases = end < 0 ? text : text.substring(0, end);
    EnumMap<GpuPhase, Instant> began = new EnumMap<>(GpuPhase.class);
    for (String entry : phases.split(" ", -1)) {
      int equals = entry.indexOf('=');
      Optional<GpuPhase> phase = equals < 0 ? Optional.empty() : phase(entry.substring(0, equals));
      Optional<Instant> at = phase.flatMap(_ -> instant(entry.substring(equals + 1)));
      if (phase.isEmpty() || at.isEmpty()) {
        return Optional.empty();
      }
      began.put(phase.get(), at.get());
    }
    return assemble(began, end < 0 ? "" : text.substring(end));
  }

  private static Optional<PhaseStart> assemble(EnumMap<GpuPhase, Instant> began, String tail) {
    GpuPhase last = began.keySet().stream().reduce((_, later) -> later).orElse(GpuPhase.FAILED);
    Instant at = began.remove(last);
    Optional<GpuFailure> failure = failure(tail);
    if (at == null || failure.isPresent() != (last == GpuPhase.FAILED)) {
      return Optional.empty();
    }
    return Optional.of(new PhaseStart(last, at, began, failure.orElse(null)));
  }

  private static Optional<GpuFailure> failure(String tail) {
    int cause = tail.indexOf(CAUSE);
    int words = tail.indexOf(": ", Math.max(0, cause));
    if (!tail.startsWith(IN) || cause < 0 || words < 0) {
      return Optional.empty();
    }
    String code = tail.substring(cause + CAUSE.length(), words);
    String message = tail.substring(words + 2);
    return phase(tail.substring(IN.length(), cause))
        .map(phase -> new GpuFailure(phase, code, message));
  }

  private static Optional<GpuPhase> phase(String title) {
    for (GpuPhase phase : GpuPhase.values()) {
      if (phase.title().equals(title)) {
        return Optional.of(phase);
      }
    }
    return Optional.empty();
  }

  private static Optional<Instant> instant(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }
}
