package dev.windlass.core.devices;

import dev.windlass.core.model.DeviceId;
import dev.windlass.core.model.ResourceClaim;
import dev.windlass.core.model.ResourceClaim.Held;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which devices are taken, and how much of those that claims share. */
final class DeviceLedger {
  private final @Nullable DeviceLedger below;
  private final Map<DeviceId, Integer> taken = new HashMap<>();
  private final Map<DeviceId, Parts> parts = new HashMap<>();

  private static final class Parts {
    int holders;
    final Map<String, BigDecimal> amounts = new HashMap<>();
  }

  /**
   * An empty ledger.
   *
   * @param below what is taken already and never changed by this one, or null
   */
  DeviceLedger(@Nullable DeviceLedger below) {
    this.below = below;
  }

  /** Whether a claim has the device for itself. */
  boolean isTaken(DeviceId device) {
    return taken.containsKey(device) || (below != null && below.isTaken(device));
  }

  /** Whether claims have parts of the device. */
  boolean isShared(DeviceId device) {
    return parts.containsKey(device) || (below != null && below.isShared(device));
  }

  /** How much of a capacity claims have taken. */
  BigDecimal taken(DeviceId device, String capacity) {
    Parts known = parts.get(device);
    BigDecimal here =
        known == null ? BigDecimal.ZERO : known.amounts.getOrDefault(capacity, BigDecimal.ZERO);
    return below == null ? here : here.add(below.taken(device, capacity));
  }

  void take(ResourceClaim.Allocation allocation) {
    allocation.devices().forEach(this::take);
  }

  void release(ResourceClaim.Allocation allocation) {
    allocation.devices().forEach(this::release);
  }

  void take(Held held) {
    if (held.adminAccess()) {
      return;
    }
    Map<String, BigDecimal> part = held.part();
    if (part == null) {
      taken.merge(held.device(), 1, Integer::sum);
      return;
    }
    Parts shared = parts.computeIfAbsent(held.device(), _ -> new Parts());
    shared.holders++;
    part.forEach((name, amount) -> shared.amounts.merge(name, amount, BigDecimal::add));
  }

  void release(Held held) {
    if (held.adminAccess()) {
      return;
    }
    Map<String, BigDecimal> part = held.part();
    if (part == null) {
      taken.computeIfPresent(held.device(), (_, claims) -> claims > 1 ? claims - 1 : null);
      return;
    }
    Parts shared = parts.get(held.device());
    if (shared == null) {
      return;
    }
    shared.holders--;
    part.forEach((name, amount) -> shared.amounts.merge(name, amount.negate(), BigDecimal::add));
    if (shared.holders == 0) {
      parts.remove(held.device());
    }
  }
}
