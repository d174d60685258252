package dev.windlass.provider.spi;

import dev.windlass.core.model.Price;
import dev.windlass.core.model.Variant;
import java.time.Instant;
import java.util.Map;

/** Capability: prices are read from the cloud. */
public interface Offers {
  /** The prices of what a group may bring; a variant of which nothing is known is absent. */
  CloudOutcome<Map<Variant, Offer>> offers(GroupReference group);

  /**
   * A price.
   *
   * @param price an hour, US dollars
   * @param asOf when it held, or was asked for where the cloud does not say
   * @param source which interface said it
   */
  record Offer(Price price, Instant asOf, String source) {}
}
