package dev.windlass.provider.spi;

import dev.windlass.core.model.InstanceId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Capability: the cloud says beforehand which machines it will take away. */
public interface Notices {
  /**
   * Notices that came since the last call, waiting a bounded time for the first. Reading them again
   * after {@link #settle} was not called is no error: the same notice has the same key. A message
   * that cannot be read is put aside by the provider and never comes again.
   */
  CloudOutcome<List<Notice>> notices();

  /** Notices that were acted on need not come again. */
  CloudOutcome<Integer> settle(List<Notice> notices);

  /**
   * A machine that will go.
   *
   * @param key the same for each copy of one notice
   * @param providerId the machine, as its Node names it; empty when only its id is known
   * @param instance the cloud's id of the machine
   * @param kind what will happen
   * @param deadline when, or null when the cloud does not say
   */
  record Notice(
      String key, String providerId, String instance, Kind kind, @Nullable Instant deadline) {
    /** Whether a machine is the one that is meant; by its name only where no id was given. */
    public boolean concerns(InstanceId machine) {
      return instance.isEmpty()
          ? machine.value().equals(providerId)
          : machine.incarnation().equals(instance) || machine.value().endsWith("/" + instance);
    }
  }

  /** What will happen to a machine. */
  enum Kind {
    /** A spot machine is taken back. */
    INTERRUPTION,
    /** A spot machine is likely to be taken back. */
    REBALANCE,
    /** The host is repaired or retired. */
    MAINTENANCE,
    /** The reserved time is over. */
    RESERVATION_END,
    /** It is being stopped or deleted now. */
    STATE_CHANGE
  }
}
