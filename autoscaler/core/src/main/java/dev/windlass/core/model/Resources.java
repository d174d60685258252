package dev.windlass.core.model;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongBinaryOperator;

/**
 * Amounts by resource name: {@code cpu} in thousandths of a core, {@code memory} and {@code
 * ephemeral-storage} in bytes, everything else (pods, {@code nvidia.com/gpu}, any extended
 * resource) in units. A name that is absent is an amount of zero.
 */
public record Resources(SortedMap<String, Long> amounts) {
  public static final String CPU = "cpu";
  public static final String MEMORY = "memory";
  public static final String EPHEMERAL_STORAGE = "ephemeral-storage";
  public static final String PODS = "pods";
  public static final String NVIDIA_GPU = "nvidia.com/gpu";

  /** Nothing at all. */
  public static final Resources NONE = new Resources(Collections.emptySortedMap());

  public Resources {
    amounts = Collections.unmodifiableSortedMap(new TreeMap<>(amounts));
  }

  /** The given amounts. */
  public static Resources of(Map<String, Long> amounts) {
    return amounts.isEmpty() ? NONE : new Resources(new TreeMap<>(amounts));
  }

  /** The amount of one resource, zero if it is not named. */
  public long get(String name) {
    Long amount = amounts.get(name);
    return amount == null ? 0 : amount;
  }

  /** This and the other, added name by name. */
  public Resources plus(Resources other) {
    return amounts.isEmpty() ? other : combine(other, Resources::saturatedSum);
  }

  /** The larger amount of each name. */
  public Resources max(Resources other) {
    return combine(other, Math::max);
  }

  /** This less the other; amounts may become negative. */
  public Resources minus(Resources other) {
    return combine(other, (mine, theirs) -> mine - theirs);
  }

  /** The same amounts but for one name. */
  public Resources with(String name, long amount) {
    TreeMap<String, Long> changed = new TreeMap<>(amounts);
    changed.put(name, amount);
    return new Resources(changed);
  }

  private Resources combine(Resources other, LongBinaryOperator operator) {
    if (other.amounts.isEmpty()) {
      return this;
    }
    TreeMap<String, Long> result = new TreeMap<>(amounts);
    other.amounts.forEach(
        (name, amount) -> result.put(name, operator.applyAsLong(get(name), amount)));
    return new Resources(result);
  }

  private static long saturatedSum(long left, long right) {
    long sum = left + right;
    return ((left ^ sum) & (right ^ sum)) < 0 ? Long.MAX_VALUE : sum;
  }
}
