package dev.windlass.provider.spi.ledger;

import java.time.Duration;

/**
 * How long a ledger holds on to what it cannot see.
 *
 * @param fresh a reading older than this allows no change
 * @param expected a launched machine may be missing from lists for this long
 * @param leaving a machine whose deletion was taken counts as being deleted for this long, whatever
 *     lists say
 * @param settling a call without an answer may still take effect for this long
 */
public record LedgerRules(Duration fresh, Duration expected, Duration leaving, Duration settling) {
  /** For clouds whose lists lag by some minutes. */
  public static final LedgerRules USUAL =
      new LedgerRules(
          Duration.ofMinutes(3),
          Duration.ofMinutes(5),
          Duration.ofMinutes(10),
          Duration.ofMinutes(1));

  public LedgerRules {
    for (Duration each : new Duration[] {fresh, expected, leaving, settling}) {
      if (!each.isPositive()) {
        throw new IllegalArgumentException("a ledger's times are positive, not " + each);
      }
    }
  }
}
