package dev.windlass.provider.spi;

import dev.windlass.core.model.FailureScope;
import java.util.List;

/** Capability: limits of the account are read before a purchase, not only from its refusal. */
public interface Quotas {
  /** The limits that the machines of a group count against. */
  CloudOutcome<List<Quota>> quotas(GroupReference group);

  /**
   * A limit.
   *
   * @param name the cloud's name of it
   * @param scope the variants that count against it
   * @param unit what is counted
   * @param limit how many there may be
   * @param used how many there are, those of others included
   */
  record Quota(String name, FailureScope scope, Unit unit, long limit, long used) {}

  /** What a limit counts. */
  enum Unit {
    VCPUS,
    MACHINES,
    GPUS
  }
}
