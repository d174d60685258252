package dev.windlass.core.scheduling;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Nodes that no rule tells apart but for their room, their host names and what runs there: equal
 * taints, equal values of every label that some pod asks for, equal domains; all there or all to
 * come.
 */
final class NodeClass {
  final int index;
  final int kind;
  final boolean toCome;
  final NodeFacts sample;
  private final int[] domains;
  private final List<SlotBlock> blocks = new ArrayList<>();

  /**
   * A class without nodes.
   *
   * @param index its number, from 0
   * @param kind its nodes' kind in {@link StaticVerdicts}
   * @param toCome whether kube-scheduler does not see its nodes yet
   * @param domains its domain in each topology that is not one of hosts
   * @param sample one of its nodes
   */
  NodeClass(int index, int kind, boolean toCome, List<Integer> domains, NodeFacts sample) {
    this.index = index;
    this.kind = kind;
    this.toCome = toCome;
    this.domains = domains.stream().mapToInt(each -> each).toArray();
    this.sample = sample;
  }

  /** Its domain in each topology that is not one of hosts. */
  List<Integer> domains() {
    return Arrays.stream(domains).boxed().toList();
  }

  /** The class's domain in a topology that is not one of hosts. */
  int domain(Topology topology) {
    return domains[topology.index()];
  }

  /** Its nodes that pods can be put on. */
  List<SlotBlock> blocks() {
    return blocks;
  }

  void add(Slot slot) {
    if (blocks.isEmpty() || blocks.getLast().isFull()) {
      blocks.add(new SlotBlock(slot.free.length));
    }
    blocks.getLast().add(slot);
  }
}
