package dev.windlass.provider.azure;

import dev.windlass.core.model.CloudFailure.Cause;
import dev.windlass.core.model.Offering;
import dev.windlass.core.model.Price;
import dev.windlass.core.model.Purchase;
import dev.windlass.core.model.Variant;
import dev.windlass.provider.spi.CallBudget;
import dev.windlass.provider.spi.GroupReference;
import dev.windlass.provider.spi.Offers.Offer;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Azure's public price list. A type's prices are read again after a while; when that fails, the
 * last ones stay, with their own time. The list says no zones: a type costs the same in all.
 */
final class RetailPrices implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration KEPT = Duration.ofHours(6);
  private static final int MAX_PAGES = 20;

  private final AzureSettings settings;
  private final CallBudget budget;
  private final InstantSource clock;
  private final HttpClient http;
  private final Map<String, Known> known = new ConcurrentHashMap<>();

  private record Known(Instant at, Map<Purchase, Price> prices) {}

  RetailPrices(AzureSettings settings, CallBudget budget, InstantSource clock) {
    this.settings = settings;
    this.budget = budget;
    this.clock = clock;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(settings.timeout())
            .build();
  }

  /** What a group's offerings cost; throws only if no price of any is known. */
  Map<Variant, Offer> offers(GroupReference group, String region) {
    Map<Variant, Offer> offers = new HashMap<>();
    @Nullable CallFailedException failed = null;
    for (Offering offering : group.offerings()) {
      Variant variant = offering.variant();
      try {
        refresh(variant.instanceType(), region);
      } catch (CallFailedException unread) {
        failed = unread;
      }
      Known last = known.get(region + "/" + variant.instanceType());
      Price price = last == null ? null : last.prices().get(variant.purchase());
      if (last != null && price != null) {
        offers.put(variant, new Offer(price, last.at(), "Azure retail prices"));
      }
    }
    if (offers.isEmpty() && failed != null) {
      throw failed;
    }
    return offers;
  }

  private void refresh(String type, String region) {
    Known last = known.get(region + "/" + type);
    Instant now = clock.instant();
    if (last == null || last.at().plus(KEPT).isBefore(now)) {
      Map<Purchase, Price> prices = read(type, region);
      if (!prices.isEmpty()) {
        known.put(region + "/" + type, new Known(now, prices));
      }
    }
  }

  private Map<Purchase, Price> read(String type, String region) {
    String filter =
        "serviceName eq 'Virtual Machines' and priceType eq 'Consumption'"
            + " and armRegionName eq '%s' and armSkuName eq '%s'".formatted(region, type);
    String first =
        "/api/retail/prices?$filter=" + URLEncoder.encode(filter, StandardCharsets.UTF_8);
    Map<Purchase, Price> prices = new EnumMap<>(Purchase.class);
    String next = first.replace("+", "%20").replace("$", "%24");
    for (int page = 0; page < MAX_PAGES && !next.isEmpty(); page++) {
      JsonNode document = get(settings.prices() + next, region);
      for (JsonNode item : document.path("Items")) {
        add(item, prices);
      }
      next = pathOf(document.path("NextPageLink").asString(""));
    }
    return prices;
  }

  /** Linux, paid by the hour; a price of nothing is no price. */
  private static void add(JsonNode item, Map<Purchase, Price> prices) {
    double usd = item.path("retailPrice").asDouble(0);
    String sku = item.path("skuName").asString("");
    boolean wanted =
        usd > 0
            && item.path("unitOfMeasure").asString("").equals("1 Hour")
            && item.path("type").asString("").equals("Consumption")
            && item.path("currencyCode").asString("").equals("USD")
            && !item.path("productName").asString("").contains("Windows")
            && !sku.contains("Low Priority");
    if (wanted) {
      prices.put(
          sku.endsWith("Spot") ? Purchase.SPOT : Purchase.ON_DEMAND, Price.ofUsdPerHour(usd));
    }
  }

  /** Pages are asked of the same host, whatever the list says. */
  private static String pathOf(String address) {
    if (address.isEmpty()) {
      return "";
    }
    URI uri = URI.create(address);
    return uri.getRawPath() + "?" + uri.getRawQuery();
  }

  private JsonNode get(String address, String region) {
    if (!budget.acquire("retail-prices", region, "RetailPrices_List")) {
      throw new CallFailedException(
          Cause.THROTTLED, "the call budget of the price list is used up for now");
    }
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address)).timeout(settings.timeout()).build();
    try {
      HttpResponse<String> response =
          http.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
      if (response.statusCode() != 200) {
        throw new CallFailedException(
            response.statusCode() == 429 ? Cause.THROTTLED : Cause.TRANSIENT,
            "the price list answers with status " + response.statusCode());
      }
      JsonNode document = JSON.readTree(response.body());
      if (!document.path("Items").isArray()) {
        throw new CallFailedException(Cause.UNKNOWN, "the price list has no items");
      }
      return document;
    } catch (IOException broken) {
      throw new CallFailedException(
          Cause.TRANSIENT, "the price list cannot be reached: " + broken.getMessage());
    } catch (JacksonException unreadable) {
      throw new CallFailedException(Cause.UNKNOWN, "the price list cannot be read");
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new CallFailedException(Cause.TRANSIENT, "interrupted while reading prices");
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
