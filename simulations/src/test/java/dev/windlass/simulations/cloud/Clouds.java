package dev.windlass.simulations.cloud;

import dev.windlass.core.model.NodeGroupName;
import dev.windlass.core.model.NodeTemplate;
import dev.windlass.core.model.Offering;
import dev.windlass.core.model.OperationId;
import dev.windlass.core.model.Price;
import dev.windlass.core.model.Purchase;
import dev.windlass.core.model.Resources;
import dev.windlass.core.model.Variant;
import dev.windlass.provider.spi.CloudProvider.Increase;
import dev.windlass.provider.spi.GroupReference;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A cloud with one group of one machine type. */
final class Clouds {
  static final Instant START = Instant.parse("2026-11-02T07:00:00Z");
  static final Variant LARGE = new Variant("m.large", "zone-a", Purchase.ON_DEMAND);
  static final GroupReference WEB =
      new GroupReference(new NodeGroupName("web"), "web-asg", "", List.of());
  static final CloudDelays DELAYS =
      new CloudDelays(
          Duration.ofSeconds(30),
          Duration.ofSeconds(5),
          Duration.ofSeconds(5),
          Duration.ofSeconds(10));

  private Clouds() {}

  static CloudState withMachines(int initial) {
    Offering offering =
        new Offering(
            LARGE,
            Price.ofUsdPerHour(0.1),
            new NodeTemplate(
                Map.of("pool", "web"),
                List.of(),
                List.of(),
                Resources.of(Map.of(Resources.CPU, 2_000L))));
    return new CloudState(
        DELAYS,
        List.of(new CloudGroup("web-asg", WEB.name(), List.of(offering), 10, initial)),
        START);
  }

  static Increase increase(int from, int to) {
    return new Increase(from, to, Map.of(LARGE, to - from));
  }

  static OperationId operation(String name) {
    return new OperationId(name);
  }
}
