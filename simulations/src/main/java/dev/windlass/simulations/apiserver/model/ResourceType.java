package dev.windlass.simulations.apiserver.model;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** A kind as it is served: names, scope, subresources, selectable fields and shape. */
public record ResourceType(
    String group,
    String version,
    Names names,
    boolean namespaced,
    boolean custom,
    Set<String> subresources,
    Map<String, FieldPath> selectable,
    Shape.Struct shape) {

  /** The words for a kind. */
  public record Names(
      String plural,
      String singular,
      String kind,
      String listKind,
      List<String> shortNames,
      List<String> categories) {
    public Names {
      shortNames = List.copyOf(shortNames);
      categories = List.copyOf(categories);
    }
  }

  public ResourceType {
    subresources = Set.copyOf(subresources);
    selectable = Map.copyOf(selectable);
  }

  public String plural() {
    return names.plural();
  }

  public String kind() {
    return names.kind();
  }

  public String listKind() {
    return names.listKind();
  }

  public String apiVersion() {
    return group.isEmpty() ? version : group + "/" + version;
  }

  public String qualifiedPlural() {
    return group.isEmpty() ? plural() : plural() + "." + group;
  }

  public String qualifiedKind() {
    return group.isEmpty() ? kind() : kind() + "." + group;
  }

  /**
   * Objects of one storage name are the same objects, whatever group or version they are read in.
   */
  public String storage() {
    return plural().equals("events") ? "events" : qualifiedPlural();
  }

  public boolean is(String wantedGroup, String wantedPlural) {
    return group.equals(wantedGroup) && plural().equals(wantedPlural);
  }

  public boolean isPod() {
    return is("", "pods");
  }

  public boolean isNamespace() {
    return is("", "namespaces");
  }

  public boolean isDefinition() {
    return is("apiextensions.k8s.io", "customresourcedefinitions");
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ResourceType that
        && group.equals(that.group)
        && version.equals(that.version)
        && plural().equals(that.plural());
  }

  @Override
  public int hashCode() {
    return plural().hashCode() * 31 + group.hashCode();
  }

  @Override
  public String toString() {
    return qualifiedPlural() + "/" + version;
  }
}
