package dev.windlass.core.model;

/**
 * Names one effect, whoever asks for it and however often: made of what is done, to what, and the
 * state that is expected, so that the same decision has the same id.
 */
public record OperationId(String value) {
  public OperationId {
    Names.requireFilled(value, "operation id");
  }

  @Override
  public String toString() {
    return value;
  }
}
