package dev.windlass.provider.aws;

import java.util.ArrayList;
import java.util.List;

/** Parts of a list that one request can hold. */
final class Chunks {
  private Chunks() {}

  static <T> List<List<T>> of(List<T> all, int size) {
    List<List<T>> chunks = new ArrayList<>();
    for (int from = 0; from < all.size(); from += size) {
      chunks.add(all.subList(from, Math.min(all.size(), from + size)));
    }
    return chunks;
  }
}
