package dev.windlass.provider.azure;

import com.azure.resourcemanager.compute.fluent.models.ResourceSkuInner;
import com.azure.resourcemanager.compute.models.ResourceSkuCapabilities;
import com.azure.resourcemanager.compute.models.ResourceSkuLocationInfo;
import com.azure.resourcemanager.compute.models.ResourceSkuRestrictions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The machine types of each region, read when first needed and again after a while. */
final class SkuCatalogue {
  private static final Duration KEPT = Duration.ofHours(12);

  private final InstantSource clock;
  private final Map<String, Region> regions = new ConcurrentHashMap<>();

  private record Region(Instant readAt, Map<String, Sku> types) {}

  /**
   * A machine type.
   *
   * @param name such as {@code Standard_D4s_v5}
   * @param family the name of its quota
   * @param capabilities what the service says of it, by the service's names
   * @param zones the zones that have it, as bare numbers
   * @param restriction why the subscription cannot have it, or empty
   */
  record Sku(
      String name,
      String family,
      Map<String, String> capabilities,
      Set<String> zones,
      String restriction) {
    Sku {
      capabilities = Map.copyOf(capabilities);
      zones = Set.copyOf(zones);
    }

    /** A capability that is a number; zero if the service does not say it as one. */
    double number(String capability) {
      String text = capabilities.getOrDefault(capability, "");
      return text.matches("\\d{1,12}(\\.\\d{1,6})?") ? Double.parseDouble(text) : 0;
    }

    int cores() {
      return (int) number("vCPUs");
    }
  }

  SkuCatalogue(InstantSource clock) {
    this.clock = clock;
  }

  /** A type of a region, empty if the region does not have it; throws if the list did not come. */
  Optional<Sku> find(ArmCalls calls, String type) {
    Instant now = clock.instant();
    Region region = regions.get(calls.region());
    if (region == null || region.readAt().plus(KEPT).isBefore(now)) {
      region = new Region(now, read(calls));
      regions.put(calls.region(), region);
    }
    return Optional.ofNullable(region.types().get(GroupId.lower(type)));
  }

  /** The name of a type's quota, as far as it has been read; empty if not. */
  String family(String region, String type) {
    Region known = regions.get(region);
    Sku sku = known == null ? null : known.types().get(GroupId.lower(type));
    return sku == null ? "" : sku.family();
  }

  private static Map<String, Sku> read(ArmCalls calls) {
    Map<String, Sku> types = new HashMap<>();
    for (ResourceSkuInner sku : calls.skus()) {
      if ("virtualMachines".equalsIgnoreCase(sku.resourceType()) && sku.name() != null) {
        types.put(GroupId.lower(sku.name()), sku(sku));
      }
    }
    return types;
  }

  private static Sku sku(ResourceSkuInner sku) {
    Map<String, String> capabilities = new HashMap<>();
    for (ResourceSkuCapabilities each : orEmpty(sku.capabilities())) {
      if (each.name() != null && each.value() != null) {
        capabilities.put(each.name(), each.value());
      }
    }
    Set<String> zones = new HashSet<>();
    for (ResourceSkuLocationInfo location : orEmpty(sku.locationInfo())) {
      zones.addAll(orEmpty(location.zones()));
    }
    String restriction = "";
    for (ResourceSkuRestrictions each : orEmpty(sku.restrictions())) {
      if ("Zone".equals(String.valueOf(each.type()))) {
        if (each.restrictionInfo() != null) {
          orEmpty(each.restrictionInfo().zones()).forEach(zones::remove);
        }
      } else {
        restriction = String.valueOf(each.reasonCode());
      }
    }
    return new Sku(
        sku.name(), sku.family() == null ? "" : sku.family(), capabilities, zones, restriction);
  }

  private static <T> List<T> orEmpty(@Nullable List<T> list) {
    return list == null ? List.of() : list;
  }
}
