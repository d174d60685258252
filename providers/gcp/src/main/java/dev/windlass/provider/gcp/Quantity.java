package dev.windlass.provider.gcp;

import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Amounts as kubelet's settings write them: {@code 80m}, {@code 2662Mi}, {@code 1.5Gi}. */
final class Quantity {
  private static final Pattern FORM = Pattern.compile("(\\d+(?:\\.\\d+)?)(m|[kKMGT]i?)?");
  private static final Map<String, Double> FACTORS =
      Map.of(
          "m", 0.001,
          "k", 1e3,
          "K", 1e3,
          "M", 1e6,
          "G", 1e9,
          "T", 1e12,
          "Ki", 0x1p10,
          "Mi", 0x1p20,
          "Gi", 0x1p30,
          "Ti", 0x1p40);

  private Quantity() {}

  /** In units; empty for what is no amount. */
  static OptionalLong units(String text) {
    return scaled(text, 1);
  }

  /** In thousandths; empty for what is no amount. */
  static OptionalLong thousandths(String text) {
    return scaled(text, 1_000);
  }

  private static OptionalLong scaled(String text, double scale) {
    Matcher form = FORM.matcher(text.strip());
    if (!form.matches()) {
      return OptionalLong.empty();
    }
    double factor = form.group(2) == null ? 1 : FACTORS.getOrDefault(form.group(2), 1.0);
    return OptionalLong.of(Math.round(Double.parseDouble(form.group(1)) * factor * scale));
  }
}
