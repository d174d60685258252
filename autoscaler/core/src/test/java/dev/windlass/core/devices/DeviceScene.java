package dev.windlass.core.devices;

import dev.windlass.core.model.DeviceClaim;
import dev.windlass.core.model.DeviceClass;
import dev.windlass.core.model.Devices;
import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.model.PodDeviceClaim;
import dev.windlass.core.model.ResourceSlice;
import dev.windlass.core.testing.Drivers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A node {@code n1} in zone {@code a} and pods with claims of their own. */
final class DeviceScene {
  final DeviceBook book;
  final NodeDevices node;
  private final List<ResourceSlice> slices;
  private final DeviceClass deviceClass;

  DeviceScene(List<ResourceSlice> slices) {
    this(slices, Drivers.ANY);
  }

  DeviceScene(List<ResourceSlice> slices, DeviceClass deviceClass) {
    this.slices = slices;
    this.deviceClass = deviceClass;
    book = new DeviceBook(world(List.of()));
    node = new DevicePools(slices).on(new NodeReach("n1", Map.of("zone", "a")), List.of());
  }

  private Devices world(List<DeviceClaim> claims) {
    Map<ObjectKey, DeviceClaim> templates = new HashMap<>();
    for (int index = 0; index < claims.size(); index++) {
      templates.put(new ObjectKey("default", "t" + index), claims.get(index));
    }
    return new Devices(Map.of(), templates, Map.of(deviceClass.name(), deviceClass), slices);
  }

  PodClaims read(DeviceClaim... claims) {
    return read(List.of(claims));
  }

  private PodClaims read(List<DeviceClaim> claims) {
    List<PodDeviceClaim> pod = new ArrayList<>();
    for (int index = 0; index < claims.size(); index++) {
      ObjectKey template = new ObjectKey("default", "t" + index);
      pod.add(new PodDeviceClaim("c" + index, PodDeviceClaim.Kind.TEMPLATE, template));
    }
    return new DeviceBook(world(claims)).read(pod, Collections.emptySortedMap());
  }

  DeviceBook.Answer ask(List<DeviceClaim> claims) {
    return book.ask(read(claims), node);
  }

  Grant granted(DeviceClaim claim) {
    return switch (ask(List.of(claim))) {
      case DeviceBook.Answer.Granted(Grant grant) -> grant;
      case DeviceBook.Answer.Refused(NoDevices why) -> throw new AssertionError(why.message());
    };
  }

  /** Takes what the claim gets and says which devices that is, or why there are none. */
  String take(DeviceClaim claim) {
    return switch (ask(List.of(claim))) {
      case DeviceBook.Answer.Granted(Grant grant) -> {
        book.take(grant);
        yield devices(grant);
      }
      case DeviceBook.Answer.Refused(NoDevices why) -> why.message();
    };
  }

  /** The numbers of the devices, in the order of claims and requests. */
  static String devices(Grant grant) {
    return grant.claims().stream()
        .flatMap(one -> one.allocation().devices().stream())
        .map(held -> held.device().device().replace("gpu-", ""))
        .collect(Collectors.joining(" "));
  }
}
