package dev.windlass.provider.azure;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which GPU a machine type has: Azure says how many, and the model in most types' names only. */
final class GpuModels {
  private static final Pattern IN_NAME =
      Pattern.compile("_((?:MI)?[A-Z]{1,2}\\d{1,4}|MI\\d{3}X?|V620)(?=_|$)");

  private record Older(Pattern name, String model) {}

  /** Types whose names leave the model out. */
  private static final List<Older> OLDER =
      List.of(
          new Older(Pattern.compile("standard_nc\\d+r?s_v2"), "P100"),
          new Older(Pattern.compile("standard_nc\\d+r?s_v3"), "V100"),
          new Older(Pattern.compile("standard_nd\\d+r?s_v2"), "V100"),
          new Older(Pattern.compile("standard_nd40rs_v2"), "V100"),
          new Older(Pattern.compile("standard_nd96a(sr|msr)_.*v4"), "A100"),
          new Older(Pattern.compile("standard_nd\\d+r?s"), "P40"),
          new Older(Pattern.compile("standard_nv\\d+as_v4"), "MI25"),
          new Older(Pattern.compile("standard_nv\\d+s(_v[23])?"), "M60"));

  private GpuModels() {}

  static Optional<String> of(String type) {
    Matcher named = IN_NAME.matcher(type);
    if (named.find()) {
      return Optional.of(named.group(1));
    }
    String lower = type.toLowerCase(Locale.ROOT);
    return OLDER.stream()
        .filter(older -> older.name().matcher(lower).matches())
        .map(Older::model)
        .findFirst();
  }
}
