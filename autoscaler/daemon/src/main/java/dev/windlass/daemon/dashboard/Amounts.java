package dev.windlass.daemon.dashboard;

import dev.windlass.core.model.Container;
import dev.windlass.core.model.PodSpec;
import dev.windlass.core.model.Resources;
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
    Resources sum = sum(spec);
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

  /** The pod's requests as the scheduler counts them: init containers need theirs only at first. */
  private static Resources sum(PodSpec spec) {
    Resources running = Resources.NONE;
    Resources starting = Resources.NONE;
    for (Container init : spec.initContainers()) {
      starting = starting.max(running.plus(init.requests()));
      if (init.restartable()) {
        running = running.plus(init.requests());
      }
    }
    for (Container container : spec.containers()) {
      running = running.plus(container.requests());
    }
    Resources sum = running.max(starting);
    Resources podLevel = spec.podRequests();
    if (podLevel != null) {
      for (Map.Entry<String, Long> amount : podLevel.amounts().entrySet()) {
        sum = sum.with(amount.getKey(), amount.getValue());
      }
    }
    return sum.plus(spec.overhead());
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
}
