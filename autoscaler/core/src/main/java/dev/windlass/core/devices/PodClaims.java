package dev.windlass.core.devices;

import dev.windlass.core.model.DeviceClaim;
import dev.windlass.core.model.DeviceRequest;
import dev.windlass.core.model.DeviceSelector;
import dev.windlass.core.model.ObjectKey;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The claims of a pod, with what their classes ask for. Made once for all pods of a shape.
 *
 * @param claims in the pod's order
 * @param refusal why the pod can run nowhere, or null
 */
public record PodClaims(List<One> claims, @Nullable NoDevices refusal) {
  public PodClaims {
    claims = List.copyOf(claims);
  }

  /**
   * A claim.
   *
   * @param words what to call it
   * @param key the ResourceClaim, or null for one that is made for each pod
   * @param spec what it asks for
   * @param requests its requests, in their order
   */
  record One(String words, @Nullable ObjectKey key, DeviceClaim spec, List<Wanted> requests) {}

  /** A request and what may be allocated for it, the best first. */
  record Wanted(DeviceRequest request, List<Choice> choices) {}

  /**
   * One way to meet a request.
   *
   * @param spec as it was written
   * @param selectors those of the class, then its own
   */
  record Choice(DeviceRequest.Choice spec, List<DeviceSelector> selectors) {
    Choice(DeviceRequest.Choice spec, List<DeviceSelector> ofClass, List<DeviceSelector> own) {
      this(spec, joined(ofClass, own));
    }

    private static List<DeviceSelector> joined(
        List<DeviceSelector> first, List<DeviceSelector> second) {
      List<DeviceSelector> all = new ArrayList<>(first);
      all.addAll(second);
      return List.copyOf(all);
    }
  }
}
