package dev.windlass.gpu.runtime;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A container runtime's version, as far as its configuration depends on it.
 *
 * @param major for instance 1
 * @param minor for instance 7
 */
public record RuntimeVersion(int major, int minor) {
  private static final Pattern SYNTAX = Pattern.compile("v?(\\d{1,4})\\.(\\d{1,4})(?:[.+~-].*)?");

  /** Reads {@code 1.7.22}, {@code v2.1.4} or {@code 1.6.20~ds1}; empty for anything else. */
  public static Optional<RuntimeVersion> parse(String text) {
    Matcher matcher = SYNTAX.matcher(text.strip());
    return matcher.matches()
        ? Optional.of(
            new RuntimeVersion(
                Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))))
        : Optional.empty();
  }

  boolean isAtLeast(int wantedMajor, int wantedMinor) {
    return major > wantedMajor || (major == wantedMajor && minor >= wantedMinor);
  }
}
