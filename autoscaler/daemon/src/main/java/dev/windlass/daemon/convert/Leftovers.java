package dev.windlass.daemon.convert;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * The fields of an object from which those are taken that can be carried over; the rest is named.
 */
final class Leftovers {
  private final Map<String, JsonNode> left = new LinkedHashMap<>();
  private final String field;
  private final List<Remark> remarks;

  Leftovers(JsonNode object, String field, List<Remark> remarks) {
    this.field = field;
    this.remarks = remarks;
    for (Map.Entry<String, JsonNode> each : object.properties()) {
      if (!each.getValue().isNull()) {
        left.put(each.getKey(), each.getValue());
      }
    }
  }

  /** A field, missing when it is not there. */
  JsonNode take(String name) {
    JsonNode value = left.remove(name);
    return value == null ? MissingNode.getInstance() : value;
  }

  /** A text or a number as a text; empty when there is none. */
  Optional<String> text(String name) {
    return Optional.of(take(name).asString("")).filter(text -> !text.isEmpty());
  }

  /** The fields of a field. */
  Leftovers inner(String name) {
    return new Leftovers(take(name), place(name), remarks);
  }

  /** Names a field, if it is there, and why it is not carried over; says whether it was. */
  boolean leave(String name, String why) {
    boolean present = !take(name).isMissingNode();
    if (present) {
      remark(name, "not carried over: " + why);
    }
    return present;
  }

  /** Takes everything. */
  void takeAll() {
    left.clear();
  }

  /** Says something about a field. */
  void remark(String name, String text) {
    remarks.add(new Remark(place(name), text));
  }

  String place(String name) {
    return field + "." + name;
  }

  /** Names everything that was not taken. */
  void leaveRest() {
    List.copyOf(left.keySet())
        .forEach(name -> leave(name, "a ReplicaScaler has nothing that stands for it"));
  }
}
