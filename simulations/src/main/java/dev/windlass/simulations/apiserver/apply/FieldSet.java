package dev.windlass.simulations.apiserver.apply;

import dev.windlass.simulations.apiserver.model.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A set of field paths as a tree, in the vocabulary of {@code fieldsV1}: {@code f:name} a member,
 * {@code k:{..}} a list element by its keys, {@code v:..} an element of a set.
 */
public final class FieldSet {
  private boolean member;
  private final Map<String, FieldSet> children = new TreeMap<>();

  public boolean isMember() {
    return member;
  }

  public FieldSet mark() {
    member = true;
    return this;
  }

  public Map<String, FieldSet> children() {
    return children;
  }

  public FieldSet child(String element) {
    return children.computeIfAbsent(element, _ -> new FieldSet());
  }

  public @Nullable FieldSet find(String element) {
    return children.get(element);
  }

  public boolean isEmpty() {
    return !member && children.values().stream().allMatch(FieldSet::isEmpty);
  }

  public FieldSet copy() {
    return new FieldSet().addAll(this);
  }

  /** Adds all paths of another set to this one. */
  public FieldSet addAll(FieldSet other) {
    member |= other.member;
    other.children.forEach((element, set) -> child(element).addAll(set));
    return this;
  }

  /** The paths of this set that are not in the other. */
  public FieldSet minus(FieldSet other) {
    FieldSet result = new FieldSet();
    result.member = member && !other.member;
    children.forEach((element, set) -> {
      FieldSet theirs = other.children.get(element);
      FieldSet left = theirs == null ? set.copy() : set.minus(theirs);
      if (!left.isEmpty()) {
        result.children.put(element, left);
      }
    });
    return result;
  }

  /** The paths that are in both sets. */
  public FieldSet and(FieldSet other) {
    FieldSet result = new FieldSet();
    result.member = member && other.member;
    children.forEach((element, set) -> {
      FieldSet theirs = other.children.get(element);
      FieldSet both = theirs == null ? new FieldSet() : set.and(theirs);
      if (!both.isEmpty()) {
        result.children.put(element, both);
      }
    });
    return result;
  }

  /** All paths as text, such as {@code .spec.groups[name="x"].weight}. */
  public List<String> paths() {
    List<String> all = new ArrayList<>();
    collect("", all);
    return all;
  }

  private void collect(String path, List<String> all) {
    if (member) {
      all.add(path);
    }
    children.forEach((element, set) -> set.collect(path + show(element), all));
  }

  private static String show(String element) {
    String body = element.substring(2);
    return switch (element.charAt(0)) {
      case 'k' -> {
        List<String> keys = new ArrayList<>();
        Json.parse(body).properties().forEach(e -> keys.add(e.getKey() + "=" + e.getValue()));
        yield "[" + String.join(",", keys) + "]";
      }
      case 'v' -> "[=" + body + "]";
      default -> "." + body;
    };
  }

  public ObjectNode toJson() {
    ObjectNode node = Json.object();
    children.forEach((element, set) -> {
      if (!set.isEmpty()) {
        ObjectNode below = set.toJson();
        if (set.member && !below.isEmpty()) {
          ObjectNode marked = Json.object();
          marked.putObject(".");
          marked.setAll(below);
          below = marked;
        }
        node.set(element, below);
      }
    });
    return node;
  }

  public static FieldSet fromJson(JsonNode node) {
    FieldSet set = new FieldSet();
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      if (entry.getKey().equals(".")) {
        set.member = true;
      } else if (entry.getKey().length() > 2) {
        FieldSet child = fromJson(entry.getValue());
        child.member |= entry.getValue().isEmpty();
        set.children.put(entry.getKey(), child);
      }
    }
    return set;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FieldSet that && minus(that).isEmpty() && that.minus(this).isEmpty();
  }

  @Override
  public int hashCode() {
    return paths().hashCode();
  }

  @Override
  public String toString() {
    return paths().toString();
  }
}
