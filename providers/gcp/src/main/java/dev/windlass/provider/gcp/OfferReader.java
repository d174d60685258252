package dev.windlass.provider.gcp;

import dev.windlass.core.model.Variant;
import dev.windlass.provider.spi.Offers.Offer;
import java.util.HashMap;
import java.util.Map;

/** The prices of what a group may bring. */
final class OfferReader {
  private final VariantReader variants;
  private final PriceReader prices;

  OfferReader(VariantReader variants, PriceReader prices) {
    this.variants = variants;
    this.prices = prices;
  }

  Map<Variant, Offer> read(ManagerId id) {
    InstanceTemplates.Plan plan = variants.plan(id);
    Map<Variant, Offer> offers = new HashMap<>();
    variants
        .types(id)
        .forEach((variant, type) -> {
          boolean builtIn = type.getAcceleratorsCount() > 0;
          String gpu =
              builtIn ? type.getAccelerators(0).getGuestAcceleratorType() : plan.accelerator();
          int gpus =
              builtIn ? type.getAccelerators(0).getGuestAcceleratorCount() : plan.accelerators();
          prices
              .offer(id.project(), variant, type, gpu, gpus)
              .ifPresent(it -> offers.put(variant, it));
        });
    return offers;
  }
}
