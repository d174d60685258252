package dev.windlass.provider.spi;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Capability: machines that are paid for already. */
public interface Reservations {
  /** The reservations that a group's machines may use. */
  CloudOutcome<List<Reservation>> reservations(GroupReference group);

  /**
   * Places that are kept.
   *
   * @param id the cloud's id
   * @param instanceType of which type
   * @param zone where
   * @param total how many
   * @param available how many are free
   * @param active whether they can be used now
   * @param endsAt when they end, or null
   */
  record Reservation(
      String id,
      String instanceType,
      String zone,
      int total,
      int available,
      boolean active,
      @Nullable Instant endsAt) {}
}
