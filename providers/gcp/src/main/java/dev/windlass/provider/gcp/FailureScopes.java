package dev.windlass.provider.gcp;

import dev.windlass.core.model.CloudFailure;
import dev.windlass.core.model.FailureScope;
import dev.windlass.core.model.Offering;
import dev.windlass.core.model.Purchase;
import dev.windlass.core.model.Variant;
import dev.windlass.provider.spi.GroupReference;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What cannot be bought because of a failure, put as types, zones and purchase of a group. */
final class FailureScopes {
  private static final Pattern METRIC = Pattern.compile("Quota '([A-Z0-9_]+)'");
  private static final String SPOT_PREFIX = "PREEMPTIBLE_";

  private FailureScopes() {}

  /** The failure of a machine that was to be this variant. */
  static CloudFailure narrowed(CloudFailure failure, Variant variant, GroupReference group) {
    return switch (failure.cause()) {
      case CAPACITY ->
          failure.code().toUpperCase(Locale.ROOT).startsWith("IP_SPACE")
              ? failure
              : failure.within(FailureScope.of(variant));
      case QUOTA -> failure.within(ofQuota(failure.message(), variant, group));
      case THROTTLED, TRANSIENT, CONFLICT, NOT_FOUND, PERMISSION, AUTH, CONFIG, UNKNOWN -> failure;
    };
  }

  private static FailureScope ofQuota(String message, Variant variant, GroupReference group) {
    Matcher metric = METRIC.matcher(message);
    return metric.find()
        ? ofMetric(metric.group(1), group)
        : new FailureScope(Set.of(variant.instanceType()), Set.of(), variant.purchase());
  }

  /**
   * The variants of a group that count against a quota of the region: those of a family ({@code
   * N2_CPUS}), those with a GPU ({@code NVIDIA_L4_GPUS}), or all.
   */
  static FailureScope ofMetric(String metric, GroupReference group) {
    boolean spot = metric.startsWith(SPOT_PREFIX);
    String counted = spot ? metric.substring(SPOT_PREFIX.length()) : metric;
    Set<String> types =
        group.offerings().stream()
            .map(Offering::variant)
            .map(Variant::instanceType)
            .filter(type -> counts(counted, type))
            .collect(Collectors.toSet());
    return new FailureScope(types, Set.of(), spot ? Purchase.SPOT : null);
  }

  private static boolean counts(String metric, String type) {
    if (metric.endsWith("_CPUS")) {
      return metric.equals(type.split("-")[0].toUpperCase(Locale.ROOT) + "_CPUS");
    }
    if (metric.startsWith("NVIDIA_")) {
      return GpuNames.ofType(type)
          .map(gpu -> metric.equals(gpu.toUpperCase(Locale.ROOT).replace('-', '_') + "_GPUS"))
          .orElse(false);
    }
    return true;
  }
}
