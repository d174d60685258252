package dev.windlass.core.model;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * How GPU nodes are made: only what the decision needs of the GpuStack resource.
 *
 * @param name its name
 * @param resource the extended resource that the device plugin advertises
 * @param deadlines how long each phase may take; a phase that is absent has the default
 * @param maxAttempts how many machines may be tried for one that failed
 */
public record GpuStack(
    GpuStackName name, String resource, Map<GpuPhase, Duration> deadlines, int maxAttempts) {
  public GpuStack {
    EnumMap<GpuPhase, Duration> copy = new EnumMap<>(GpuPhase.class);
    copy.putAll(deadlines);
    deadlines = Collections.unmodifiableMap(copy);
  }
}
