package dev.windlass.core.model;

import java.util.List;
import java.util.Map;

/**
 * The cluster's devices and who claims them ({@code resource.k8s.io/v1}).
 *
 * @param claims every ResourceClaim
 * @param templates what each ResourceClaimTemplate asks for
 * @param classes every DeviceClass, by name
 * @param slices every ResourceSlice
 */
public record Devices(
    Map<ObjectKey, ResourceClaim> claims,
    Map<ObjectKey, DeviceClaim> templates,
    Map<String, DeviceClass> classes,
    List<ResourceSlice> slices) {
  public static final Devices NONE = new Devices(Map.of(), Map.of(), Map.of(), List.of());

  public Devices {
    claims = Map.copyOf(claims);
    templates = Map.copyOf(templates);
    classes = Map.copyOf(classes);
    slices = List.copyOf(slices);
  }
}
