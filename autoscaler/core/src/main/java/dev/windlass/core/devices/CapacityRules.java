package dev.windlass.core.devices;

import dev.windlass.core.model.Device;
import dev.windlass.core.model.DeviceCapacity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How much of a device's capacity a request takes, and whether that is allowed.
 *
 * <p>Source: Kubernetes 1.36, {@code dynamic-resource-allocation/structured}, consumable capacity.
 */
final class CapacityRules {
  private CapacityRules() {}

  /** What a request takes of each capacity, or null when the device does not offer that. */
  static @Nullable Map<String, BigDecimal> part(Device device, Map<String, BigDecimal> request) {
    if (!device.capacity().keySet().containsAll(request.keySet())) {
      return null;
    }
    Map<String, BigDecimal> part = new HashMap<>();
    for (Map.Entry<String, DeviceCapacity> each : device.capacity().entrySet()) {
      BigDecimal amount = amount(each.getValue(), request.get(each.getKey()));
      if (forbids(each.getValue().policy(), amount)) {
        return null;
      }
      part.put(each.getKey(), amount);
    }
    return part;
  }

  private static BigDecimal amount(DeviceCapacity capacity, @Nullable BigDecimal wanted) {
    DeviceCapacity.Policy policy = capacity.policy();
    if (wanted == null) {
      return policy != null && policy.usual() != null ? policy.usual() : capacity.amount();
    }
    if (policy == null) {
      return wanted;
    }
    DeviceCapacity.Range range = policy.range();
    if (range != null && range.min() != null) {
      return rounded(wanted, range.min(), range.step());
    }
    return policy.values().stream()
        .filter(value -> wanted.compareTo(value) <= 0)
        .findFirst()
        .orElse(wanted);
  }

  private static BigDecimal rounded(BigDecimal wanted, BigDecimal min, @Nullable BigDecimal step) {
    if (wanted.compareTo(min) < 0 || step == null) {
      return wanted.max(min);
    }
    BigDecimal begin = whole(min);
    BigDecimal size = whole(step);
    BigDecimal steps = whole(wanted).subtract(begin).divide(size, 0, RoundingMode.CEILING);
    return begin.add(size.multiply(steps));
  }

  private static boolean forbids(DeviceCapacity.@Nullable Policy policy, BigDecimal amount) {
    if (policy == null || (policy.usual() != null && amount.compareTo(policy.usual()) == 0)) {
      return false;
    }
    DeviceCapacity.Range range = policy.range();
    if (range == null) {
      return !policy.values().isEmpty()
          && policy.values().stream().noneMatch(value -> value.compareTo(amount) == 0);
    }
    if (range.max() != null && amount.compareTo(range.max()) > 0) {
      return true;
    }
    BigDecimal begin = range.min() == null ? BigDecimal.ZERO : whole(range.min());
    return range.step() != null
        && whole(amount).subtract(begin).remainder(whole(range.step())).signum() != 0;
  }

  /** Steps are counted in whole units. */
  private static BigDecimal whole(BigDecimal amount) {
    return amount.setScale(0, RoundingMode.CEILING);
  }
}
