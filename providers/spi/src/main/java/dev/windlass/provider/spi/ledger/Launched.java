package dev.windlass.provider.spi.ledger;

import dev.windlass.core.model.Instance;
import dev.windlass.core.model.InstanceId;
import dev.windlass.core.model.NodeGroupName;
import dev.windlass.core.model.Variant;
import dev.windlass.provider.spi.CloudProvider.Increase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Machines whose ids a receipt names, before a list shows them. */
final class Launched {
  private Launched() {}

  /**
   * Each id as a machine of one of the variants that were asked for: of one in the zone that the id
   * names if there is one left, else of the next.
   */
  static List<Instance> of(
      NodeGroupName group, Increase change, List<InstanceId> ids, Instant answered) {
    List<Variant> asked = new ArrayList<>();
    change.machines().entrySet().stream()
        .sorted(Comparator.comparing(entry -> entry.getKey().toString()))
        .forEach(entry -> add(asked, entry));
    List<Instance> launched = new ArrayList<>();
    for (InstanceId id : ids) {
      if (!asked.isEmpty()) {
        Variant variant =
            asked.stream()
                .filter(each -> id.value().contains("/" + each.zone() + "/"))
                .findFirst()
                .orElse(asked.getFirst());
        asked.remove(variant);
        launched.add(new Instance(id, group, variant, Instance.State.CREATING, answered, null));
      }
    }
    return launched;
  }

  private static void add(List<Variant> asked, Map.Entry<Variant, Integer> entry) {
    for (int i = 0; i < entry.getValue(); i++) {
      asked.add(entry.getKey());
    }
  }
}
