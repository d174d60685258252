package dev.windlass.core.model;

/** The one check that every wrapped name passes. */
final class Names {
  private Names() {}

  static void requireFilled(String value, String what) {
    if (value.isBlank()) {
      throw new IllegalArgumentException("a " + what + " must not be blank");
    }
  }
}
