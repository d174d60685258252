package dev.windlass.daemon.decode;

import dev.windlass.core.model.DeviceClaim;
import dev.windlass.core.model.DeviceClass;
import dev.windlass.core.model.Devices;
import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.model.Pod;
import dev.windlass.core.model.PodDeviceClaim;
import dev.windlass.core.model.PodSpec;
import dev.windlass.core.model.ResourceClaim;
import dev.windlass.core.model.ResourceSlice;
import dev.windlass.daemon.decode.ResourceClaimDecoder.Incarnation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The devices of a cluster, and the pods whose claims were made from templates: equal pods stay
 * equal, but a pod whose own claim has devices already waits for these.
 */
public final class ClaimedDevices {
  private final Devices devices;
  private final Map<PodClaim, ResourceClaim> made = new HashMap<>();

  private record PodClaim(Incarnation pod, String name) {}

  /** What was decoded. */
  public ClaimedDevices(
      List<ResourceClaimDecoder.Claim> claims,
      Map<ObjectKey, DeviceClaim> templates,
      List<DeviceClass> classes,
      List<ResourceSlice> slices) {
    Map<ObjectKey, ResourceClaim> byKey = new HashMap<>();
    for (ResourceClaimDecoder.Claim each : claims) {
      byKey.put(each.claim().key(), each.claim());
      if (each.madeFor() != null) {
        made.put(new PodClaim(each.madeFor(), each.podClaim()), each.claim());
      }
    }
    Map<String, DeviceClass> byName = new HashMap<>();
    classes.forEach(each -> byName.put(each.name(), each));
    devices = new Devices(byKey, templates, byName, slices);
  }

  /** All of it. */
  public Devices devices() {
    return devices;
  }

  /** The pods; the same list when no pending pod's own claim has devices. */
  public List<Pod> pods(List<Pod> pods) {
    if (made.isEmpty()) {
      return pods;
    }
    List<Pod> linked = new ArrayList<>(pods.size());
    boolean changed = false;
    for (Pod pod : pods) {
      Pod other = pod.isPending() ? linked(pod) : pod;
      changed |= !other.equals(pod);
      linked.add(other);
    }
    return changed ? linked : pods;
  }

  private Pod linked(Pod pod) {
    List<PodDeviceClaim> claims = pod.spec().attachments().deviceClaims();
    List<PodDeviceClaim> own = new ArrayList<>();
    Incarnation incarnation = new Incarnation(pod.key(), pod.metadata().identity().uid());
    for (PodDeviceClaim claim : claims) {
      ResourceClaim there = made.get(new PodClaim(incarnation, claim.name()));
      own.add(there != null && isOwn(claim, there) ? named(claim, there) : claim);
    }
    if (own.equals(claims)) {
      return pod;
    }
    PodSpec spec =
        pod.spec()
            .withAttachments(new PodSpec.Attachments(pod.spec().attachments().volumes(), own));
    return new Pod(pod.key(), pod.metadata(), spec, pod.status(), pod.placement(), pod.lifecycle());
  }

  private boolean isOwn(PodDeviceClaim claim, ResourceClaim there) {
    return claim.kind() == PodDeviceClaim.Kind.TEMPLATE
        && (there.allocation() != null || !devices.templates().containsKey(claim.source()));
  }

  private static PodDeviceClaim named(PodDeviceClaim claim, ResourceClaim there) {
    return new PodDeviceClaim(claim.name(), PodDeviceClaim.Kind.NAMED, there.key());
  }
}
