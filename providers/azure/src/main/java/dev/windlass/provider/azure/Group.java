package dev.windlass.provider.azure;

import com.azure.resourcemanager.compute.fluent.models.VirtualMachineScaleSetInner;
import com.azure.resourcemanager.compute.models.OrchestrationMode;
import com.azure.resourcemanager.compute.models.VirtualMachinePriorityTypes;
import com.azure.resourcemanager.containerservice.fluent.models.AgentPoolInner;
import dev.windlass.core.model.CloudFailure.Cause;
import dev.windlass.core.model.Purchase;
import dev.windlass.provider.spi.GroupView;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A scale set and the node pool that it belongs to, as one document of each says.
 *
 * @param id what the NodeGroup calls it
 * @param set the scale set
 * @param pool the node pool, or null for a set of its own
 */
record Group(GroupId id, VirtualMachineScaleSetInner set, @Nullable AgentPoolInner pool) {
  /** A tag that says which operation set the size last. */
  static final String OPERATION_TAG = "windlass-operation";

  /** A tag that AKS gives the sets of its pools. */
  static final String AKS_POOL_TAG = "aks-managed-poolName";

  private static final int NO_MAX = Integer.MAX_VALUE;

  Group {
    if (set.id() == null || set.name() == null || set.sku() == null) {
      throw new CallFailedException(
          Cause.UNKNOWN, "the document of scale set " + set.name() + " lacks its id or size");
    }
  }

  /** The size asked for. An unknown one is no number: this throws then. */
  int target() {
    Number target = pool == null ? (Number) set.sku().capacity() : (Number) pool.count();
    if (target == null) {
      throw new CallFailedException(Cause.UNKNOWN, "Azure does not say the size of " + id.key());
    }
    return target.intValue();
  }

  /** The version that a change has to name. */
  String etag() {
    String etag = pool == null ? set.etag() : pool.etag();
    if (etag == null || etag.isEmpty()) {
      throw new CallFailedException(Cause.UNKNOWN, "Azure does not say the ETag of " + id.key());
    }
    return etag;
  }

  Map<String, String> tags() {
    Map<String, String> tags = pool == null ? set.tags() : pool.tags();
    return tags == null ? Map.of() : tags;
  }

  String resourceGroup() {
    String[] parts = set.id().split("/", -1);
    return parts.length > 4 ? parts[4] : id.resourceGroup();
  }

  String location() {
    return set.location() == null ? "" : set.location();
  }

  boolean flexible() {
    return OrchestrationMode.FLEXIBLE.equals(set.orchestrationMode());
  }

  String type() {
    return set.sku().name() == null ? "" : set.sku().name();
  }

  Purchase purchase() {
    return set.virtualMachineProfile() != null
            && VirtualMachinePriorityTypes.SPOT.equals(set.virtualMachineProfile().priority())
        ? Purchase.SPOT
        : Purchase.ON_DEMAND;
  }

  List<String> zones() {
    List<String> zones = set.zones();
    return zones == null || zones.isEmpty()
        ? List.of("0")
        : zones.stream().map(zone -> location() + "-" + zone).toList();
  }

  /** A pool that scales itself has bounds; other groups have what their tags say. */
  GroupView.Limits limits() {
    if (pool != null && Boolean.TRUE.equals(pool.enableAutoScaling())) {
      return new GroupView.Limits(orElse(pool.minCount(), 0), orElse(pool.maxCount(), NO_MAX));
    }
    return new GroupView.Limits(number("min", 0), number("max", NO_MAX));
  }

  /** Whether Azure is still busy with what it was last asked. */
  boolean moving() {
    return !"Succeeded".equals(set.provisioningState());
  }

  List<GroupView.Remark> remarks() {
    return Stream.of(
            remark(
                pool != null && Boolean.TRUE.equals(pool.enableAutoScaling()),
                GroupView.Remark.Kind.RIVAL,
                "the node pool has AKS's own autoscaler switched on"),
            remark(
                pool == null && tags().containsKey(AKS_POOL_TAG),
                GroupView.Remark.Kind.RIVAL,
                "the scale set belongs to a node pool of AKS, which sets its size: name the pool"),
            remark(
                Boolean.TRUE.equals(set.overprovision()),
                GroupView.Remark.Kind.CONFIGURATION,
                "the scale set overprovisions: machines come and go that nobody asked for"),
            remark(
                Boolean.TRUE.equals(set.zoneBalance()),
                GroupView.Remark.Kind.CONFIGURATION,
                "the scale set keeps its zones in balance: one dry zone fails a whole increase"),
            remark(
                pool != null
                    && pool.powerState() != null
                    && "Stopped".equals(String.valueOf(pool.powerState().code())),
                GroupView.Remark.Kind.SUSPENDED,
                "the node pool is stopped"),
            remark(
                "Failed".equals(set.provisioningState()),
                GroupView.Remark.Kind.HEALTH,
                "the last change of the scale set failed"))
        .flatMap(List::stream)
        .toList();
  }

  private static List<GroupView.Remark> remark(
      boolean holds, GroupView.Remark.Kind kind, String message) {
    return holds ? List.of(new GroupView.Remark(kind, message)) : List.of();
  }

  private int number(String tag, int otherwise) {
    String text = tags().getOrDefault(tag, "");
    return text.matches("\\d{1,9}") ? Integer.parseInt(text) : otherwise;
  }

  private static int orElse(@Nullable Integer number, int otherwise) {
    return number == null ? otherwise : number;
  }
}
