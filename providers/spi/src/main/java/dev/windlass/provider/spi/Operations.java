package dev.windlass.provider.spi;

/** Capability: what the cloud does after it has answered can be asked for by name. */
public interface Operations {
  /**
   * How far an operation is.
   *
   * @param handle from a {@link Receipt}, perhaps of a process before this one
   */
  CloudOutcome<Progress> poll(GroupReference group, String handle);
}
