package dev.windlass.provider.gcp;

import com.google.cloud.compute.v1.MachineType;
import dev.windlass.core.model.Price;
import dev.windlass.core.model.Purchase;
import dev.windlass.core.model.Variant;
import dev.windlass.provider.spi.Offers.Offer;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Prices of machine types from Cloud Billing's list, which has them by core, by GiB of memory and
 * by GPU. A type of which one part has no price has none, nor has one with a share of a core.
 */
final class PriceReader {
  private static final Duration KEPT = Duration.ofHours(12);
  private static final double MIB_A_GIB = 1_024;
  private static final double NANOS = 1e9;

  private final RestCalls calls;
  private final InstantSource clock;
  private Map<Part, Rate> rates = Map.of();
  private @Nullable Instant readAt;

  PriceReader(RestCalls calls, InstantSource clock) {
    this.calls = calls;
    this.clock = clock;
  }

  /** What one line of the list is the price of: {@code N2 Instance Core}, say. */
  private record Part(String what, String region, Purchase purchase) {}

  private record Rate(double usdPerHour, Instant asOf) {}

  /** The price of a machine with this many GPUs of this name; empty if a part of it has none. */
  Optional<Offer> offer(String project, Variant variant, MachineType type, String gpu, int gpus) {
    Map<Part, Rate> list = rates(project);
    String family = variant.instanceType().split("-")[0].toUpperCase(Locale.ROOT);
    Rate core = rate(list, family + " Instance Core", variant);
    Rate memory = rate(list, family + " Instance Ram", variant);
    Rate accelerator =
        gpus == 0 ? new Rate(0, Instant.MAX) : rate(list, gpuName(gpu) + " GPU", variant);
    if (core == null || memory == null || accelerator == null || type.getIsSharedCpu()) {
      return Optional.empty();
    }
    double usd =
        core.usdPerHour() * type.getGuestCpus()
            + memory.usdPerHour() * type.getMemoryMb() / MIB_A_GIB
            + accelerator.usdPerHour() * gpus;
    Instant asOf = core.asOf().isBefore(memory.asOf()) ? core.asOf() : memory.asOf();
    return Optional.of(new Offer(Price.ofUsdPerHour(usd), asOf, "Cloud Billing"));
  }

  private static @Nullable Rate rate(Map<Part, Rate> list, String what, Variant variant) {
    return list.get(
        new Part(
            what.toLowerCase(Locale.ROOT), Location.region(variant.zone()), variant.purchase()));
  }

  /** {@code nvidia-tesla-t4} is sold as {@code Nvidia Tesla T4 GPU}. */
  private static String gpuName(String gpu) {
    return gpu.replace('-', ' ');
  }

  private synchronized Map<Part, Rate> rates(String project) {
    Instant now = clock.instant();
    if (readAt == null || !now.isBefore(readAt.plus(KEPT))) {
      rates = parsed(calls.prices(project));
      readAt = now;
    }
    return rates;
  }

  private static Map<Part, Rate> parsed(List<JsonNode> skus) {
    Map<Part, Rate> rates = new HashMap<>();
    for (JsonNode sku : skus) {
      Optional<Purchase> purchase = purchase(sku.path("category").path("usageType").asString(""));
      int running = sku.path("description").asString("").indexOf(" running in ");
      if (purchase.isEmpty() || running < 0) {
        continue;
      }
      String what =
          sku.path("description")
              .asString("")
              .substring(0, running)
              .replaceFirst("^Spot Preemptible ", "")
              .replaceFirst(" attached to Spot Preemptible VMs$", "")
              .replaceFirst(" (?:Predefined|AMD|Arm) Instance ", " Instance ")
              .toLowerCase(Locale.ROOT);
      rate(sku)
          .ifPresent(rate ->
              sku.path("serviceRegions")
                  .forEach(region ->
                      rates.put(new Part(what, region.asString(""), purchase.get()), rate)));
    }
    return rates;
  }

  private static Optional<Purchase> purchase(String usage) {
    return switch (usage) {
      case "OnDemand" -> Optional.of(Purchase.ON_DEMAND);
      case "Preemptible" -> Optional.of(Purchase.SPOT);
      case String _ -> Optional.empty();
    };
  }

  /** The last tier's price: earlier ones are free amounts; empty for a line without a date. */
  private static Optional<Rate> rate(JsonNode sku) {
    JsonNode info = sku.path("pricingInfo").path(0);
    JsonNode tiers = info.path("pricingExpression").path("tieredRates");
    if (tiers.isEmpty()) {
      return Optional.empty();
    }
    JsonNode price = tiers.path(tiers.size() - 1).path("unitPrice");
    double usd = price.path("units").asDouble(0) + price.path("nanos").asDouble(0) / NANOS;
    try {
      Instant asOf = Instant.parse(info.path("effectiveTime").asString(""));
      return usd <= 0 ? Optional.empty() : Optional.of(new Rate(usd, asOf));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }
}
