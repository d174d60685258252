package dev.windlass.provider.gcp;

import com.google.cloud.compute.v1.InstanceGroupManager;
import dev.windlass.core.model.Variant;
import dev.windlass.provider.spi.Offers.Offer;
import java.util.HashMap;
import java.util.Map;

/** The prices of what a group may bring. */
final class OfferReader {
  private final ComputeCalls calls;
  private final InstanceTemplates templates;
  private final VariantReader variants;
  private final PriceReader prices;

  OfferReader(
      ComputeCalls calls, InstanceTemplates templates, VariantReader variants, PriceReader prices) {
    this.calls = calls;
    this.templates = templates;
    this.variants = variants;
    this.prices = prices;
  }

  Map<Variant, Offer> read(ManagerId id) {
    InstanceGroupManager manager = calls.manager(id);
    InstanceTemplates.Plan plan = templates.of(manager.getInstanceTemplate());
    Map<Variant, Offer> offers = new HashMap<>();
    variants
        .types(id, manager)
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
