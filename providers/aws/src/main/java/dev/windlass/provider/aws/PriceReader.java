package dev.windlass.provider.aws;

import dev.windlass.core.model.Offering;
import dev.windlass.core.model.Price;
import dev.windlass.core.model.Purchase;
import dev.windlass.core.model.Variant;
import dev.windlass.provider.spi.GroupReference;
import dev.windlass.provider.spi.Offers.Offer;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ec2.model.SpotPrice;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Prices of a group's offerings: spot prices from EC2's history each time, on-demand prices from
 * the price list once in twelve hours. A price that cannot be read anew stays, with its age.
 */
final class PriceReader {
  private static final Duration LISTED = Duration.ofHours(12);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final AwsClients clients;
  private final InstantSource clock;
  private final Map<String, Offer> known = new ConcurrentHashMap<>();

  PriceReader(AwsClients clients, InstantSource clock) {
    this.clients = clients;
    this.clock = clock;
  }

  /** Reads the prices; throws only if nothing is known of any. */
  Map<Variant, Offer> read(GroupReference group) {
    String region = clients.resolve(group.region());
    List<Variant> variants = group.offerings().stream().map(Offering::variant).toList();
    CallFailedException failure = null;
    try {
      readSpot(region, variants);
    } catch (CallFailedException failed) {
      failure = failed;
    }
    try {
      readOnDemand(region, variants);
    } catch (CallFailedException failed) {
      failure = failed;
    }
    Map<Variant, Offer> offers = new HashMap<>();
    for (Variant variant : variants) {
      Offer offer = known.get(key(region, variant));
      if (offer != null) {
        offers.put(variant, offer);
      }
    }
    if (failure != null && offers.isEmpty()) {
      throw failure;
    }
    return offers;
  }

  private void readSpot(String region, List<Variant> variants) {
    Set<String> types =
        variants.stream()
            .filter(variant -> variant.purchase() == Purchase.SPOT)
            .map(Variant::instanceType)
            .collect(Collectors.toSet());
    if (types.isEmpty()) {
      return;
    }
    for (SpotPrice price : clients.region(region).compute().spotPrices(types, clock.instant())) {
      Variant variant =
          new Variant(price.instanceTypeAsString(), price.availabilityZone(), Purchase.SPOT);
      Instant at = price.timestamp() == null ? clock.instant() : price.timestamp();
      known.put(
          key(region, variant),
          new Offer(price(price.spotPrice()), at, "ec2:DescribeSpotPriceHistory"));
    }
  }

  private void readOnDemand(String region, List<Variant> variants) {
    Instant now = clock.instant();
    Set<String> types = new TreeSet<>();
    for (Variant variant : variants) {
      Offer offer = known.get(key(region, variant));
      if (variant.purchase() == Purchase.ON_DEMAND
          && (offer == null || offer.asOf().plus(LISTED).isBefore(now))) {
        types.add(variant.instanceType());
      }
    }
    for (String type : types) {
      for (String product : clients.prices(region).products(type, region)) {
        Price price = hourly(product);
        if (price.known()) {
          known.put(key(region, type), new Offer(price, now, "pricing:GetProducts"));
        }
      }
    }
  }

  /** On-demand prices are the same in each zone. */
  private static String key(String region, Variant variant) {
    return variant.purchase() == Purchase.SPOT
        ? key(region, variant.instanceType()) + "/" + variant.zone()
        : key(region, variant.instanceType());
  }

  private static String key(String region, String type) {
    return region + "/" + type;
  }

  /** The dollars an hour in a product; unknown if there are none in it, or only zero. */
  private static Price hourly(String product) {
    try {
      for (JsonNode term : JSON.readTree(product).path("terms").path("OnDemand")) {
        for (JsonNode dimension : term.path("priceDimensions")) {
          String dollars = dimension.path("pricePerUnit").path("USD").asString("");
          Price price = price(dollars);
          if (price.microsPerHour() > 0 && dimension.path("unit").asString("").equals("Hrs")) {
            return price;
          }
        }
      }
    } catch (JacksonException _) {
      return Price.UNKNOWN;
    }
    return Price.UNKNOWN;
  }

  private static Price price(String dollars) {
    try {
      return Price.ofUsdPerHour(new BigDecimal(dollars).doubleValue());
    } catch (NumberFormatException _) {
      return Price.UNKNOWN;
    }
  }
}
