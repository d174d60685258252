package dev.windlass.daemon.resource;

import dev.windlass.core.model.Variant;
import dev.windlass.provider.spi.Offers.Offer;
import dev.windlass.provider.spi.Templates.Described;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a cloud says of the machines that a group may bring.
 *
 * @param variants as its interface describes them
 * @param offers its prices
 */
public record CloudFacts(List<Described> variants, Map<Variant, Offer> offers) {
  /** Nothing is known: the shipped catalogue speaks. */
  public static final CloudFacts NONE = new CloudFacts(List.of(), Map.of());

  public CloudFacts {
    variants = List.copyOf(variants);
    offers = Map.copyOf(offers);
  }

  /** How the cloud describes a variant. */
  Optional<Described> described(Variant variant) {
    return variants.stream().filter(each -> each.variant().equals(variant)).findFirst();
  }
}
