package dev.windlass.core.scheduling;

import java.util.BitSet;
import java.util.function.Predicate;

/** Which nodes a topology spread constraint counts; one answer for each class of nodes. */
final class Inclusion {
  private final Predicate<NodeFacts> test;
  private final BitSet asked = new BitSet();
  private final BitSet included = new BitSet();

  Inclusion(Predicate<NodeFacts> test) {
    this.test = test;
  }

  boolean includes(NodeClass nodes) {
    if (!asked.get(nodes.index)) {
      asked.set(nodes.index);
      included.set(nodes.index, test.test(nodes.sample));
    }
    return included.get(nodes.index);
  }
}
