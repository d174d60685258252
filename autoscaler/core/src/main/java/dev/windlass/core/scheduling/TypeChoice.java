package dev.windlass.core.scheduling;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The types that a node to come may have: equal in every domain, allowed for every pod on it, the
 * cheapest first. A type is left out when a cheaper one of which there is enough has more of
 * everything.
 */
public final class TypeChoice {
  private final Workspace workspace;
  private final List<Type> offered;
  private final List<Type> types = new ArrayList<>();
  private final Map<Integer, TypeChoice> suiting = new HashMap<>();

  /** For each type and column the most that it and the cheaper ones have. */
  private final List<long[]> most = new ArrayList<>();

  /**
   * A type.
   *
   * @param id whatever the caller knows it by
   * @param probe an empty node of the type
   * @param cost its price
   * @param unlimited whether there is enough of it for all that may be bought
   */
  public record Type(int id, Slot probe, long cost, boolean unlimited) {}

  /**
   * A choice.
   *
   * @param offered the types, the cheapest first
   */
  public TypeChoice(Workspace workspace, List<Type> offered) {
    this.workspace = workspace;
    this.offered = List.copyOf(offered);
    for (Type type : offered) {
      if (!isDominated(type)) {
        types.add(type);
        long[] sofar = type.probe.free.clone();
        for (int column = 0; column < sofar.length && !most.isEmpty(); column++) {
          sofar[column] = Math.max(sofar[column], most.getLast()[column]);
        }
        most.add(sofar);
      }
    }
  }

  private boolean isDominated(Type type) {
    if (most.isEmpty() || !hasNoLess(most.getLast(), type.probe.free)) {
      return false;
    }
    return types.reversed().stream()
        .anyMatch(other -> other.unlimited && hasNoLess(other.probe.free, type.probe.free));
  }

  private static boolean hasNoLess(long[] one, long[] other) {
    for (int column = 0; column < one.length; column++) {
      if (one[column] < other[column]) {
        return false;
      }
    }
    return true;
  }

  /** Those of the types that are allowed for the shape, too. */
  public TypeChoice suiting(PodShape shape) {
    TypeChoice known = suiting.get(shape.staticId);
    if (known == null) {
      List<Type> allowed =
          offered.stream().filter(type -> workspace.allows(shape, type.probe)).toList();
      known = allowed.size() == offered.size() ? this : new TypeChoice(workspace, allowed);
      suiting.put(shape.staticId, known);
    }
    return known;
  }

  /** How many types there are. */
  public int size() {
    return types.size();
  }

  /** A type by its place, from 0. */
  public Type get(int index) {
    return types.get(index);
  }

  /** The first type from a place on with the room of what is on the node; {@link #size} if none. */
  public int next(Slot node, int from) {
    return next(used(node), null, from);
  }

  /** The same with the room for one more pod of a shape; the node is null for an empty one. */
  public int next(@Nullable Slot node, PodShape shape, int from) {
    return next(node == null ? null : used(node), shape, from);
  }

  private int next(long @Nullable [] used, @Nullable PodShape shape, int from) {
    int low = from;
    int high = types.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (holds(most.get(middle), used, shape)) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    while (low < types.size() && !holds(types.get(low).probe.free, used, shape)) {
      low++;
    }
    return low;
  }

  private static boolean holds(long[] free, long @Nullable [] used, @Nullable PodShape shape) {
    for (int column = 0; column < free.length; column++) {
      long needed = used == null ? 0 : used[column];
      long request = shape == null ? 0 : shape.requests[column];
      if ((needed > 0 || request > 0) && free[column] - needed < request) {
        return false;
      }
    }
    return true;
  }

  /** How many pods of a shape find room beside what is on the node once it is of this type. */
  public int takes(Type type, @Nullable Slot node, PodShape shape, int wanted) {
    if (node == null) {
      return workspace.capacity(shape, type.probe, wanted);
    }
    long takes = wanted;
    long[] before = node.probe == null ? node.free : node.probe.free;
    for (int column = 0; column < node.free.length; column++) {
      long request = shape.requests[column];
      if (request > 0) {
        long free = type.probe.free[column] - before[column] + node.free[column];
        if (free < request) {
          return 0;
        }
        takes = takes == 1 ? 1 : Math.min(takes, free / request);
      }
    }
    return (int) takes;
  }

  private static long @Nullable [] used(Slot node) {
    if (node.probe == null) {
      return null;
    }
    long[] used = new long[node.free.length];
    for (int column = 0; column < used.length; column++) {
      used[column] = node.probe.free[column] - node.free[column];
    }
    return used;
  }
}
