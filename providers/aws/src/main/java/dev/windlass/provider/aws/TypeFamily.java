package dev.windlass.provider.aws;

import java.util.Set;

/** The families of instance types that EC2's limits of vCPUs are counted by. */
final class TypeFamily {
  private static final Set<String> STANDARD =
      Set.of("a", "c", "d", "h", "i", "im", "is", "m", "mac", "r", "t", "z");
  private static final Set<String> G = Set.of("g", "gr", "vt");

  private TypeFamily() {}

  /** The family's name: a letter, or {@code standard} for those that share one limit. */
  static String of(String type) {
    int end = 0;
    while (end < type.length() && Character.isLetter(type.charAt(end))) {
      end++;
    }
    String letters = type.substring(0, end);
    return STANDARD.contains(letters) ? "standard" : G.contains(letters) ? "g" : letters;
  }
}
