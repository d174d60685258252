package dev.windlass.core.scheduling;

import java.util.HashMap;
import java.util.Map;

/** A node label whose values are domains; each value has a number, counted from 0. */
final class Topology {
  /** What a node without the label has instead of a domain. */
  static final int NONE = -1;

  private final String key;
  private final int index;
  private final Map<String, Integer> numbers = new HashMap<>();

  /**
   * A topology.
   *
   * @param key the label
   * @param index its place among the topologies that node classes know, or {@link #NONE} for host
   *     names, which no two nodes of a class share
   */
  Topology(String key, int index) {
    this.key = key;
    this.index = index;
  }

  String key() {
    return key;
  }

  int index() {
    return index;
  }

  /** Whether each node is a domain of its own. */
  boolean ofHosts() {
    return index == NONE;
  }

  /** The number of the node's domain, or {@link #NONE}. */
  int number(NodeFacts node) {
    String value = node.labels().get(key);
    return value == null ? NONE : number(value);
  }

  /** The number of a label's value. */
  int number(String value) {
    Integer known = numbers.putIfAbsent(value, numbers.size());
    return known == null ? numbers.size() - 1 : known;
  }
}
