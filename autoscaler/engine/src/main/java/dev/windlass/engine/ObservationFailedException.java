package dev.windlass.engine;

/** There is no picture of the world to decide on; the next tick tries again. */
public final class ObservationFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ObservationFailedException(String message) {
    super(message);
  }
}
