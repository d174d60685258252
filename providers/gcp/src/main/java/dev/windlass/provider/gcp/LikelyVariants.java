package dev.windlass.provider.gcp;

import com.google.cloud.compute.v1.ManagedInstance;
import dev.windlass.core.model.Offering;
import dev.windlass.core.model.Purchase;
import dev.windlass.core.model.Variant;
import java.util.List;

/** What a machine that has not been made yet will be, from its group's template and offerings. */
final class LikelyVariants {
  private final InstanceTemplates templates;

  LikelyVariants(InstanceTemplates templates) {
    this.templates = templates;
  }

  Variant of(GroupReader.Reading reading, ManagedInstance machine, String zone) {
    String chosen = machine.getPropertiesFromFlexibilityPolicy().getMachineType();
    List<Variant> offered =
        reading.reference().offerings().stream()
            .map(Offering::variant)
            .filter(it -> it.zone().equals(zone))
            .filter(it -> chosen.isEmpty() || it.instanceType().equals(chosen))
            .distinct()
            .toList();
    if (offered.size() == 1) {
      return offered.getFirst();
    }
    try {
      InstanceTemplates.Plan plan = templates.of(reading.manager().getInstanceTemplate());
      return new Variant(chosen.isEmpty() ? plan.type() : chosen, zone, plan.purchase());
    } catch (CallFailedException _) {
      return offered.isEmpty()
          ? new Variant(chosen.isEmpty() ? "unknown" : chosen, zone, Purchase.ON_DEMAND)
          : offered.getFirst();
    }
  }
}
