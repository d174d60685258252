package dev.windlass.provider.azure;

import com.azure.resourcemanager.compute.fluent.models.VirtualMachineScaleSetInner;
import com.azure.resourcemanager.containerservice.fluent.models.AgentPoolInner;
import dev.windlass.core.model.CloudFailure.Cause;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds the groups of one reading: the sets of a resource group and the pools of a cluster are
 * listed once for all groups in them.
 */
final class GroupFinder {
  private final ArmCalls calls;
  private final Map<String, String> nodeResourceGroups;
  private final Map<String, ArmCalls.Listing<VirtualMachineScaleSetInner>> sets =
      new ConcurrentHashMap<>();
  private final Map<String, ArmCalls.Listing<AgentPoolInner>> pools = new ConcurrentHashMap<>();

  /**
   * Reads what was not read before.
   *
   * @param nodeResourceGroups by cluster; they never change, so they outlive a reading
   */
  GroupFinder(ArmCalls calls, Map<String, String> nodeResourceGroups) {
    this.calls = calls;
    this.nodeResourceGroups = nodeResourceGroups;
  }

  /** A group as the lists say; throws if it is not there, or its page did not come. */
  Group listed(GroupId id) {
    return switch (id) {
      case GroupId.ScaleSet set ->
          new Group(id, inSets(set.resourceGroup(), each -> is(each.name(), set.name()), id), null);
      case GroupId.Pool pool -> {
        String cluster = GroupId.lower(pool.resourceGroup() + "/" + pool.cluster());
        AgentPoolInner found =
            find(
                pools.computeIfAbsent(
                    cluster, _ -> calls.pools(pool.resourceGroup(), pool.cluster())),
                each -> is(each.name(), pool.name()),
                id);
        yield new Group(id, setOf(pool), found);
      }
    };
  }

  /** A group as it is just now; throws if it is not there. */
  Group current(GroupId id) {
    return switch (id) {
      case GroupId.ScaleSet set -> new Group(id, calls.set(set.resourceGroup(), set.name()), null);
      case GroupId.Pool pool -> new Group(id, setOf(pool), calls.pool(pool));
    };
  }

  private VirtualMachineScaleSetInner setOf(GroupId.Pool pool) {
    String nodes =
        nodeResourceGroups.computeIfAbsent(
            GroupId.lower(pool.resourceGroup() + "/" + pool.cluster()),
            _ -> nodeResourceGroup(pool));
    return inSets(nodes, each -> is(poolTag(each), pool.name()), pool);
  }

  private String nodeResourceGroup(GroupId.Pool pool) {
    String name = calls.cluster(pool.resourceGroup(), pool.cluster()).nodeResourceGroup();
    if (name == null) {
      throw new CallFailedException(
          Cause.UNKNOWN, "Azure does not say where the nodes of " + pool.cluster() + " are");
    }
    return name;
  }

  private static @Nullable String poolTag(VirtualMachineScaleSetInner set) {
    Map<String, String> tags = set.tags();
    return tags == null ? null : tags.getOrDefault(Group.AKS_POOL_TAG, tags.get("poolName"));
  }

  private VirtualMachineScaleSetInner inSets(
      String resourceGroup, Predicate<VirtualMachineScaleSetInner> wanted, GroupId id) {
    return find(
        sets.computeIfAbsent(GroupId.lower(resourceGroup), _ -> calls.sets(resourceGroup)),
        wanted,
        id);
  }

  private static <T> T find(ArmCalls.Listing<T> listing, Predicate<T> wanted, GroupId id) {
    List<T> found = listing.items().stream().filter(wanted).toList();
    if (!found.isEmpty()) {
      return found.getFirst();
    }
    if (listing.broken() != null) {
      throw listing.broken();
    }
    throw new CallFailedException(Cause.NOT_FOUND, "there is no " + id.key() + " in Azure");
  }

  private static boolean is(@Nullable String name, String wanted) {
    return name != null && name.equalsIgnoreCase(wanted);
  }
}
