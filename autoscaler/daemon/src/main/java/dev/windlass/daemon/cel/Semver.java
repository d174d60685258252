package dev.windlass.daemon.cel;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A semantic version. Build metadata does not count in comparisons.
 *
 * <p>Source: Semantic Versioning 2.0.0, §9 to §11.
 *
 * @param numbers major, minor and patch
 * @param prerelease its identifiers; empty for a release
 */
record Semver(List<BigInteger> numbers, List<String> prerelease) implements Comparable<Semver> {
  private static final String NUMBER = "(0|[1-9]\\d*)";
  private static final Pattern FORM =
      Pattern.compile(
          NUMBER
              + "\\."
              + NUMBER
              + "\\."
              + NUMBER
              + "(?:-((?:0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*)"
              + "(?:\\.(?:0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*))*))?"
              + "(?:\\+[0-9a-zA-Z-]+(?:\\.[0-9a-zA-Z-]+)*)?");
  private static final Pattern LOOSE =
      Pattern.compile("v?(\\d+)(?:\\.(\\d+))?(?:\\.(\\d+))?([-+].*)?");

  Semver {
    numbers = List.copyOf(numbers);
    prerelease = List.copyOf(prerelease);
  }

  static Optional<Semver> parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return Optional.empty();
    }
    String before = form.group(4);
    return Optional.of(
        new Semver(
            List.of(
                new BigInteger(form.group(1)),
                new BigInteger(form.group(2)),
                new BigInteger(form.group(3))),
            before == null ? List.of() : List.of(before.split("\\.", -1))));
  }

  /** Also without minor or patch, with a leading v and with leading zeros. */
  static Optional<Semver> parseLoosely(String text) {
    Matcher loose = LOOSE.matcher(text);
    if (!loose.matches()) {
      return Optional.empty();
    }
    String rest = loose.group(4);
    return parse(
        number(loose.group(1))
            + "."
            + number(loose.group(2))
            + "."
            + number(loose.group(3))
            + (rest == null ? "" : rest));
  }

  private static String number(@Nullable String written) {
    return written == null ? "0" : new BigInteger(written).toString();
  }

  @Override
  public int compareTo(Semver other) {
    for (int index = 0; index < numbers.size(); index++) {
      int order = numbers.get(index).compareTo(other.numbers.get(index));
      if (order != 0) {
        return order;
      }
    }
    if (prerelease.isEmpty() || other.prerelease.isEmpty()) {
      return Boolean.compare(prerelease.isEmpty(), other.prerelease.isEmpty());
    }
    int common = Math.min(prerelease.size(), other.prerelease.size());
    for (int index = 0; index < common; index++) {
      int order = compare(prerelease.get(index), other.prerelease.get(index));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(prerelease.size(), other.prerelease.size());
  }

  /** Numbers come before words. */
  private static int compare(String left, String right) {
    boolean leftNumber = left.matches("\\d+");
    boolean rightNumber = right.matches("\\d+");
    if (leftNumber && rightNumber) {
      return new BigInteger(left).compareTo(new BigInteger(right));
    }
    return leftNumber == rightNumber
        ? left.compareTo(right)
        : Boolean.compare(rightNumber, leftNumber);
  }
}
