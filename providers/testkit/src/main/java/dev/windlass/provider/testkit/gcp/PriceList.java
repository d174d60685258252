package dev.windlass.provider.testkit.gcp;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Some lines of Compute Engine's price list, as Cloud Billing writes them. */
final class PriceList {
  private static final String AS_OF = "2026-02-01T00:00:00Z";

  private PriceList() {}

  static Map<String, Object> page(Route route, int largestPage) {
    List<Map<String, Object>> skus = new ArrayList<>();
    skus.add(sku("N2 Instance Core running in Americas", "CPU", "OnDemand", 31_611_000));
    skus.add(sku("N2 Instance Ram running in Americas", "RAM", "OnDemand", 4_237_000));
    skus.add(
        sku(
            "Spot Preemptible N2 Instance Core running in Americas",
            "CPU",
            "Preemptible",
            7_650_000));
    skus.add(
        sku(
            "Spot Preemptible N2 Instance Ram running in Americas",
            "RAM",
            "Preemptible",
            1_030_000));
    skus.add(sku("Commitment v1: N2 Cpu in Americas for 1 Year", "CPU", "Commit1Yr", 19_915_000));
    skus.add(sku("N2 Custom Instance Core running in Americas", "CPU", "OnDemand", 33_174_000));
    skus.add(sku("G2 Instance Core running in Americas", "CPU", "OnDemand", 24_988_000));
    skus.add(sku("G2 Instance Ram running in Americas", "RAM", "OnDemand", 2_927_000));
    skus.add(sku("Nvidia L4 GPU running in Americas", "GPU", "OnDemand", 560_040_000));
    return Json.page(route, largestPage, "skus", skus);
  }

  private static Map<String, Object> sku(
      String description, String group, String usage, long nanos) {
    Map<String, Object> expression =
        Map.of(
            "usageUnit",
            "h",
            "tieredRates",
            List.of(
                Map.of(
                    "startUsageAmount",
                    0,
                    "unitPrice",
                    Map.of("currencyCode", "USD", "units", "0", "nanos", nanos))));
    return Map.of(
        "description", description,
        "category", Map.of("resourceFamily", "Compute", "resourceGroup", group, "usageType", usage),
        "serviceRegions", List.of("us-central1", "us-east1", "us-west1"),
        "pricingInfo", List.of(Map.of("effectiveTime", AS_OF, "pricingExpression", expression)));
  }
}
