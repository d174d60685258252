package dev.windlass.provider.azure;

import com.azure.resourcemanager.compute.fluent.models.VirtualMachineScaleSetInner;
import dev.windlass.provider.spi.Discovery;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Scale sets by their tags; the conventions of Cluster Autoscaler are tags as any other. Sets of
 * AKS are left out: their size belongs to their pool.
 */
final class TaggedSets {
  private TaggedSets() {}

  static List<Discovery.Found> found(ArmCalls calls, Map<String, String> wanted) {
    List<Discovery.Found> found = new ArrayList<>();
    for (VirtualMachineScaleSetInner set : calls.allSets()) {
      Map<String, String> tags = set.tags() == null ? Map.of() : set.tags();
      boolean ours =
          calls.region().equalsIgnoreCase(set.location())
              && !tags.containsKey(Group.AKS_POOL_TAG)
              && wanted.entrySet().stream().allMatch(each -> carries(tags, each));
      String[] parts = set.id() == null ? new String[0] : set.id().split("/", -1);
      if (ours && parts.length > 4 && set.name() != null && set.sku() != null) {
        GroupId.ScaleSet id = new GroupId.ScaleSet(GroupId.lower(parts[4]), set.name());
        Group group = new Group(id, set, null);
        found.add(
            new Discovery.Found(
                id.resourceGroup() + "/" + id.name(),
                calls.region(),
                group.limits().min(),
                group.limits().max(),
                tags));
      }
    }
    return found;
  }

  private static boolean carries(Map<String, String> tags, Map.Entry<String, String> wanted) {
    String value = tags.get(wanted.getKey());
    return value != null && (wanted.getValue().isEmpty() || wanted.getValue().equals(value));
  }
}
