package dev.windlass.provider.aws;

import dev.windlass.provider.aws.Pages.Page;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import software.amazon.awssdk.services.pricing.PricingClient;
import software.amazon.awssdk.services.pricing.model.Filter;
import software.amazon.awssdk.services.pricing.model.FilterType;
import software.amazon.awssdk.services.pricing.model.GetProductsResponse;

/** The requests to the price list. */
final class PriceCalls implements AutoCloseable {
  private final PricingClient client;
  private final Caller caller;

  PriceCalls(PricingClient client, Predicate<String> budget) {
    this.client = client;
    this.caller = new Caller("pricing", budget);
  }

  /** The products, as JSON, of a type in a region: Linux on shared hardware, paid by the hour. */
  List<String> products(String type, String region) {
    Map<String, String> wanted =
        Map.of(
            "instanceType", type,
            "regionCode", region,
            "operatingSystem", "Linux",
            "tenancy", "Shared",
            "preInstalledSw", "NA",
            "capacitystatus", "Used");
    List<Filter> filters = wanted.entrySet().stream().map(PriceCalls::filter).toList();
    return Pages.all(token -> {
      GetProductsResponse page =
          caller.read(
              "GetProducts",
              "*",
              () ->
                  client.getProducts(request ->
                      request
                          .serviceCode("AmazonEC2")
                          .formatVersion("aws_v1")
                          .filters(filters)
                          .nextToken(token)));
      return new Page<>(page.priceList(), page.nextToken());
    });
  }

  private static Filter filter(Map.Entry<String, String> wanted) {
    return Filter.builder()
        .type(FilterType.TERM_MATCH)
        .field(wanted.getKey())
        .value(wanted.getValue())
        .build();
  }

  @Override
  public void close() {
    client.close();
  }
}
