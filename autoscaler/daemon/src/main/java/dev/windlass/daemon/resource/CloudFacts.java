package dev.windlass.daemon.resource;

import dev.windlass.core.model.Variant;
import dev.windlass.provider.spi.Offers.Offer;
import dev.windlass.provider.spi.Quotas.Quota;
import dev.windlass.provider.spi.Templates.Described;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a cloud says of the machines that a group may bring.
 *
 * @param variants as its interface describes them
 * @param offers its prices
 * @param quotas the limits of the account that they count against
 */
public record CloudFacts(List<Described> variants, Map<Variant, Offer> offers, List<Quota> quotas) {
  /** Nothing is known: the shipped catalogue speaks. */
  public static final CloudFacts NONE = new CloudFacts(List.of(), Map.of());

  /** Facts of a cloud that tells no limits. */
  public CloudFacts(List<Described> variants, Map<Variant, Offer> offers) {
    this(variants, offers, List.of());
  }

  public CloudFacts {
    variants = List.copyOf(variants);
    offers = Map.copyOf(offers);
    quotas = List.copyOf(quotas);
  }

  /** How the cloud describes a variant. */
  Optional<Described> described(Variant variant) {
    return variants.stream().filter(each -> each.variant().equals(variant)).findFirst();
  }

  /**
   * The limit that leaves no room for a variant. A limit of zero is none here: what it means
   * differs from cloud to cloud, and the refusal of a purchase tells.
   */
  Optional<Quota> usedUp(Variant variant) {
    return quotas.stream()
        .filter(each -> each.scope().covers(variant))
        .filter(each -> each.limit() > 0 && each.used() >= each.limit())
        .findFirst();
  }
}
