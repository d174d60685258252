package dev.windlass.core.scheduling;

/**
 * The least count above zero among some domains, and how many of them have any. It is known as long
 * as a domain has it; when none is left, all are above it and it must be sought again.
 */
final class LeastCount {
  private int nonZero;
  private int least;
  private int domains;

  /** Takes note that a domain's count has changed. */
  void change(int before, int after) {
    nonZero += (before == 0 ? 1 : 0) - (after == 0 ? 1 : 0);
    domains -= before == least && domains > 0 ? 1 : 0;
    if (after > 0 && after < least) {
      least = after;
      domains = 1;
    } else if (after > 0 && after == least) {
      domains++;
    }
  }

  /** How many domains have any pods. */
  int nonZero() {
    return nonZero;
  }

  boolean isKnown() {
    return domains > 0;
  }

  int value() {
    return least;
  }

  /** Forgets everything; the domains are then told one by one. */
  void clear() {
    nonZero = 0;
    least = Integer.MAX_VALUE;
    domains = 0;
  }
}
