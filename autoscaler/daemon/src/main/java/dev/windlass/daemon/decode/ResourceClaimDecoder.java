package dev.windlass.daemon.decode;

import dev.windlass.core.model.DeviceClaim;
import dev.windlass.core.model.DeviceClass;
import dev.windlass.core.model.DeviceId;
import dev.windlass.core.model.DeviceSelector;
import dev.windlass.core.model.NodeSelectorTerm;
import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.model.ResourceClaim;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.resource.v1.AllocationResult;
import io.fabric8.kubernetes.api.model.resource.v1.DeviceRequestAllocationResult;
import io.fabric8.kubernetes.api.model.resource.v1.ResourceClaimStatus;
import io.fabric8.kubernetes.api.model.resource.v1.ResourceClaimTemplate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Claims of devices, their templates and the classes that they name. */
public final class ResourceClaimDecoder {
  private static final String POD_CLAIM_NAME = "resource.kubernetes.io/pod-claim-name";

  private final Function<String, DeviceSelector> selectors;

  /**
   * A decoder.
   *
   * @param selectors what each CEL expression means
   */
  public ResourceClaimDecoder(Function<String, DeviceSelector> selectors) {
    this.selectors = selectors;
  }

  /**
   * A ResourceClaim.
   *
   * @param claim the claim
   * @param madeFor the pod that it was made for from a template, or null
   * @param podClaim the claim's name in that pod; empty without one
   */
  public record Claim(ResourceClaim claim, @Nullable Incarnation madeFor, String podClaim) {}

  /** A pod; one of the same name may follow it. */
  public record Incarnation(ObjectKey pod, String uid) {}

  /** The claim, or what is wrong with its status. */
  public Decoded<Claim> claim(io.fabric8.kubernetes.api.model.resource.v1.ResourceClaim written) {
    Problems problems = new Problems();
    ObjectMeta metadata = Fields.metadata(written);
    ObjectKey key = Fields.key(metadata);
    ResourceClaimStatus status =
        written.getStatus() == null ? new ResourceClaimStatus() : written.getStatus();
    ResourceClaim claim =
        new ResourceClaim(
            key,
            DeviceClaimDecoder.decode(
                "spec.devices",
                written.getSpec() == null ? null : written.getSpec().getDevices(),
                selectors),
            allocation(status.getAllocation(), problems),
            Fields.list(status.getReservedFor()).size(),
            metadata.getDeletionTimestamp() != null);
    return problems.unlessAny(
        new Claim(
            claim,
            owner(metadata, key.namespace()),
            Fields.text(Fields.map(metadata.getAnnotations()).get(POD_CLAIM_NAME))));
  }

  private static @Nullable Incarnation owner(ObjectMeta metadata, String namespace) {
    dev.windlass.core.model.OwnerReference owner = Fields.controller(metadata);
    return owner != null && owner.kind().equals("Pod")
        ? new Incarnation(new ObjectKey(namespace, owner.name()), owner.uid())
        : null;
  }

  private static ResourceClaim.@Nullable Allocation allocation(
      @Nullable AllocationResult written, Problems problems) {
    if (written == null) {
      return null;
    }
    List<ResourceClaim.Held> held = new ArrayList<>();
    if (written.getDevices() != null) {
      for (DeviceRequestAllocationResult each : Fields.list(written.getDevices().getResults())) {
        boolean shared = each.getShareID() != null;
        held.add(
            new ResourceClaim.Held(
                new DeviceId(
                    Fields.text(each.getDriver()),
                    Fields.text(each.getPool()),
                    Fields.text(each.getDevice())),
                Boolean.TRUE.equals(each.getAdminAccess()),
                shared
                    ? ResourceSliceDecoder.amounts(
                        "status.allocation.devices.results.consumedCapacity",
                        each.getConsumedCapacity(),
                        problems)
                    : null));
      }
    }
    List<NodeSelectorTerm> nodes =
        written.getNodeSelector() == null
            ? null
            : ResourceSliceDecoder.terms(
                "status.allocation.nodeSelector", written.getNodeSelector(), problems);
    return new ResourceClaim.Allocation(held, nodes);
  }

  /** What a template asks for. */
  public Map.Entry<ObjectKey, DeviceClaim> template(ResourceClaimTemplate written) {
    boolean empty = written.getSpec() == null || written.getSpec().getSpec() == null;
    return Map.entry(
        Fields.key(Fields.metadata(written)),
        DeviceClaimDecoder.decode(
            "spec.spec.devices",
            empty ? null : written.getSpec().getSpec().getDevices(),
            selectors));
  }

  /** The class, or what is wrong with it. */
  public Decoded<DeviceClass> deviceClass(
      io.fabric8.kubernetes.api.model.resource.v1.DeviceClass written) {
    Problems problems = new Problems();
    String name = Fields.text(Fields.metadata(written).getName());
    if (written.getSpec() == null) {
      return new Decoded.Ok<>(new DeviceClass(name, List.of(), null));
    }
    return problems.unlessAny(
        new DeviceClass(
            name,
            DeviceClaimDecoder.selectors(
                "spec.selectors", written.getSpec().getSelectors(), selectors, problems),
            written.getSpec().getExtendedResourceName()));
  }
}
