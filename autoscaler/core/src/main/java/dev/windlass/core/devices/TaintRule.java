package dev.windlass.core.devices;

import dev.windlass.core.model.Device;
import dev.windlass.core.model.DeviceTaint;
import dev.windlass.core.model.DeviceTaint.Tolerated;
import dev.windlass.core.model.Taint;
import java.util.List;
import java.util.Optional;

/** A taint keeps a device from every request that does not tolerate it. */
final class TaintRule {
  private TaintRule() {}

  /** The first taint in the way. */
  static Optional<DeviceTaint> refuse(Device device, List<Tolerated> tolerations) {
    return device.taints().stream()
        .filter(taint -> taint.effect() != Taint.Effect.PREFER_NO_SCHEDULE)
        .filter(taint -> tolerations.stream().noneMatch(each -> each.covers(taint)))
        .findFirst();
  }
}
