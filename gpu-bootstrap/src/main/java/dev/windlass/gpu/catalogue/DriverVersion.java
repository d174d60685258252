package dev.windlass.gpu.catalogue;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version of NVIDIA's driver.
 *
 * @param branch for instance 580
 * @param minor for instance 178
 * @param patch for instance 4, written {@code 04}; negative when the version has two parts
 */
public record DriverVersion(int branch, int minor, int patch) implements Comparable<DriverVersion> {
  private static final Pattern SYNTAX = Pattern.compile("(\\d{3})\\.(\\d{1,3})(?:\\.(\\d{1,3}))?");
  private static final Comparator<DriverVersion> ORDER =
      Comparator.comparingInt(DriverVersion::branch)
          .thenComparingInt(DriverVersion::minor)
          .thenComparingInt(DriverVersion::patch);

  /** Reads {@code 580.178.04} or {@code 384.81}; empty for anything else. */
  public static Optional<DriverVersion> parse(String text) {
    Matcher matcher = SYNTAX.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String patch = matcher.group(3);
    return Optional.of(
        new DriverVersion(
            Integer.parseInt(matcher.group(1)),
            Integer.parseInt(matcher.group(2)),
            patch == null ? -1 : Integer.parseInt(patch)));
  }

  @Override
  public int compareTo(DriverVersion other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    String start = branch + "." + (minor < 10 ? "0" + minor : minor);
    return patch < 0 ? start : start + "." + (patch < 10 ? "0" + patch : patch);
  }
}
