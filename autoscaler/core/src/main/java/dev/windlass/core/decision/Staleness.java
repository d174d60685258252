package dev.windlass.core.decision;

import dev.windlass.core.model.ClusterSnapshot;
import dev.windlass.core.model.Policy;
import dev.windlass.core.model.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Which sources are too old to act on. A source that a snapshot does not name does not exist there
 * (a dump has no cloud), and is not stale.
 */
record Staleness(List<Finding> findings) {
  Staleness {
    findings = List.copyOf(findings);
  }

  /** A source that is too old. */
  record Finding(Source source, String message) {}

  static Staleness of(ClusterSnapshot snapshot, Policy policy, Instant now) {
    List<Finding> findings = new ArrayList<>();
    for (Source source : Source.values()) {
      Instant observed = snapshot.observedAt().get(source);
      Duration limit = policy.staleness().limit(source);
      if (observed != null && observed.plus(limit).isBefore(now)) {
        findings.add(
            new Finding(
                source,
                "what "
                    + source.name().toLowerCase(Locale.ROOT)
                    + " said is "
                    + Duration.between(observed, now).toSeconds()
                    + " s old, more than "
                    + limit.toSeconds()
                    + " s"));
      }
    }
    return new Staleness(findings);
  }

  boolean of(Source source) {
    return findings.stream().anyMatch(finding -> finding.source() == source);
  }

  /** Whether nodes can neither be bought nor removed. */
  boolean blocksNodes() {
    return of(Source.KUBERNETES) || of(Source.CLOUD);
  }

  /** The first finding's sentence; empty when there is none. */
  String message() {
    return findings.isEmpty() ? "" : findings.getFirst().message();
  }
}
