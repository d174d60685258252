package dev.windlass.core.scheduling;

import dev.windlass.core.model.Resources;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;

/** A fixed order of resource names, so that amounts are arrays. Unknown names are left out. */
final class ResourceColumns {
  private final List<String> names;
  private final Map<String, Integer> index = new TreeMap<>();

  ResourceColumns(SortedSet<String> requested) {
    names = new ArrayList<>(requested);
    for (int column = 0; column < names.size(); column++) {
      index.put(names.get(column), column);
    }
  }

  int size() {
    return names.size();
  }

  String name(int column) {
    return names.get(column);
  }

  /** The column of a name, or -1. */
  int column(String name) {
    return index.getOrDefault(name, -1);
  }

  long[] amounts(Resources resources) {
    long[] amounts = new long[names.size()];
    for (int column = 0; column < amounts.length; column++) {
      amounts[column] = resources.get(names.get(column));
    }
    return amounts;
  }
}
