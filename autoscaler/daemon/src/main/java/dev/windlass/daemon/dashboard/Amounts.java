package dev.windlass.daemon.dashboard;

import dev.windlass.core.model.PodSpec;
import dev.windlass.core.model.Resources;
import dev.windlass.core.scheduling.EffectiveRequests;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Amounts as people read them: {@code 4 cpu, 8 GiB, 0.125 GPU}. */
final class Amounts {
  private static final long MEBI = 1L << 20;
  private static final long GIBI = 1L << 30;

  private Amounts() {}

  /** What a pod asks for. */
  static String requests(PodSpec spec) {
    List<String> words = new ArrayList<>();
    Resources sum = EffectiveRequests.of(spec);
    for (Map.Entry<String, Long> amount : sum.amounts().entrySet()) {
      if (amount.getValue() > 0 && !amount.getKey().equals(Resources.PODS)) {
        words.add(amount(amount.getKey(), amount.getValue()));
      }
    }
    if (spec.gpuMilli() > 0) {
      words.add(decimal(spec.gpuMilli(), 1000) + " GPU");
    }
    return words.isEmpty() ? "nothing" : String.join(", ", words);
  }

  static String amount(String resource, long amount) {
    return switch (resource) {
      case Resources.CPU -> decimal(amount, 1000) + " cpu";
      case Resources.MEMORY -> bytes(amount);
      case Resources.EPHEMERAL_STORAGE -> bytes(amount) + " disk";
      case Resources.NVIDIA_GPU -> amount + " GPU";
      default -> amount + " " + resource;
    };
  }

  private static String bytes(long bytes) {
    return bytes >= GIBI ? decimal(bytes, GIBI) + " GiB" : decimal(bytes, MEBI) + " MiB";
  }

  private static String decimal(long amount, long unit) {
    return BigDecimal.valueOf(amount)
        .divide(BigDecimal.valueOf(unit), 3, RoundingMode.HALF_UP)
        .stripTrailingZeros()
        .toPlainString();
  }

  /** {@code 0:19}, {@code 6:12}, {@code 2 h 05}. */
  static String duration(Duration duration) {
    long seconds = Math.max(0, duration.toSeconds());
    return seconds < 3600
        ? String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60)
        : String.format(Locale.ROOT, "%d h %02d", seconds / 3600, seconds % 3600 / 60);
  }

  /** {@code 0.3 s}, {@code 41 s}, {@code 2:05}. */
  static String took(Duration duration) {
    if (duration.toSeconds() >= 60) {
      return duration(duration);
    }
    return duration.toSeconds() >= 10
        ? duration.toSeconds() + " s"
        : String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
  }
}
