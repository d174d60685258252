package dev.windlass.daemon.cloud;

import dev.windlass.provider.spi.CallBudget;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts the requests that a budget allows and refuses, by account, region and method, and how many
 * were sent between one decision and the next.
 */
public final class CountedCalls implements CallBudget {
  private static final String NAME = "windlass.cloud.calls";

  private final CallBudget budget;
  private final MeterRegistry registry;
  private final DistributionSummary perDecision;
  private final Map<Call, Counter> counters = new ConcurrentHashMap<>();
  private final LongAdder sinceDecision = new LongAdder();

  private record Call(String account, String region, String method, boolean allowed) {}

  /** Counts what this budget says. */
  public CountedCalls(CallBudget budget, MeterRegistry registry) {
    this.budget = budget;
    this.registry = registry;
    perDecision = registry.summary("windlass.cloud.calls.per.decision");
  }

  @Override
  public boolean acquire(String account, String region, String method) {
    boolean allowed = budget.acquire(account, region, method);
    counters.computeIfAbsent(new Call(account, region, method, allowed), this::counter).increment();
    if (allowed) {
      sinceDecision.increment();
    }
    return allowed;
  }

  private Counter counter(Call call) {
    return registry.counter(
        NAME,
        "account",
        call.account(),
        "region",
        call.region(),
        "method",
        call.method(),
        "result",
        call.allowed() ? "sent" : "held");
  }

  /** A decision was made. */
  public void decided() {
    perDecision.record((double) sinceDecision.sumThenReset());
  }
}
