package dev.windlass.daemon.plan;

import dev.windlass.core.model.DeviceClaim;
import dev.windlass.core.model.DeviceClass;
import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.model.ResourceSlice;
import dev.windlass.daemon.cel.DeviceExpressions;
import dev.windlass.daemon.decode.ClaimedDevices;
import dev.windlass.daemon.decode.ResourceClaimDecoder;
import dev.windlass.daemon.decode.ResourceSliceDecoder;
import dev.windlass.daemon.input.Document;
import io.fabric8.kubernetes.api.model.resource.v1.ResourceClaim;
import io.fabric8.kubernetes.api.model.resource.v1.ResourceClaimTemplate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Collects the devices of a dump and who claims them. */
final class DeviceObjects {
  private final ObjectReader reader;
  private final ResourceClaimDecoder decoder = new ResourceClaimDecoder(DeviceExpressions.SHARED);
  private final List<ResourceClaimDecoder.Claim> claims = new ArrayList<>();
  private final Map<ObjectKey, DeviceClaim> templates = new HashMap<>();
  private final List<DeviceClass> classes = new ArrayList<>();
  private final List<ResourceSlice> slices = new ArrayList<>();

  DeviceObjects(ObjectReader reader) {
    this.reader = reader;
  }

  /** Takes an object; says whether its kind is one that is looked at. */
  boolean accept(Document document) {
    switch (document.group() + "/" + document.kind()) {
      case "resource.k8s.io/ResourceClaim" ->
          reader
              .read(document, ResourceClaim.class)
              .flatMap(each -> reader.good(document, decoder.claim(each)))
              .ifPresent(claims::add);
      case "resource.k8s.io/ResourceClaimTemplate" ->
          reader
              .read(document, ResourceClaimTemplate.class)
              .map(decoder::template)
              .ifPresent(each -> templates.put(each.getKey(), each.getValue()));
      case "resource.k8s.io/DeviceClass" ->
          reader
              .read(document, io.fabric8.kubernetes.api.model.resource.v1.DeviceClass.class)
              .flatMap(each -> reader.good(document, decoder.deviceClass(each)))
              .ifPresent(classes::add);
      case "resource.k8s.io/ResourceSlice" ->
          reader
              .read(document, io.fabric8.kubernetes.api.model.resource.v1.ResourceSlice.class)
              .flatMap(each -> reader.good(document, ResourceSliceDecoder.decode(each)))
              .ifPresent(slices::add);
      default -> {
        return false;
      }
    }
    return true;
  }

  /** What was collected. */
  ClaimedDevices claimed() {
    return new ClaimedDevices(claims, templates, classes, slices);
  }
}
