package dev.windlass.simulations.apiserver.rest;

import dev.windlass.simulations.apiserver.crd.CustomType;
import dev.windlass.simulations.apiserver.model.BuiltInTypes;
import dev.windlass.simulations.apiserver.model.ResourceType;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Every type that is served now: the built-in ones, and those of definitions. */
public final class Types {
  private record Id(String group, String version, String plural) {}

  private static final List<ResourceType> BUILT_IN = BuiltInTypes.all();
  private final Map<Id, ResourceType> types = new ConcurrentHashMap<>();
  private final Map<Id, CustomType> custom = new ConcurrentHashMap<>();

  public Types() {
    BUILT_IN.forEach(type -> types.put(id(type), type));
  }

  private static Id id(ResourceType type) {
    return new Id(type.group(), type.version(), type.plural());
  }

  public Optional<ResourceType> find(String group, String version, String plural) {
    return Optional.ofNullable(types.get(new Id(group, version, plural)));
  }

  /** A type of a group in whatever version it is served. */
  public Optional<ResourceType> find(String group, String plural) {
    return types.values().stream().filter(type -> type.is(group, plural)).findFirst();
  }

  /** A built-in type that must be there. */
  public ResourceType builtIn(String group, String plural) {
    return BUILT_IN.stream().filter(type -> type.is(group, plural)).findFirst().orElseThrow();
  }

  /** The type of an owner reference. */
  public Optional<ResourceType> ofKind(String apiVersion, String kind) {
    return types.values().stream()
        .filter(type -> type.apiVersion().equals(apiVersion) && type.kind().equals(kind))
        .findFirst();
  }

  public Optional<CustomType> custom(ResourceType type) {
    return Optional.ofNullable(custom.get(id(type)));
  }

  public Collection<ResourceType> all() {
    return List.copyOf(types.values());
  }

  public Stream<ResourceType> ofGroup(String group) {
    return types.values().stream().filter(type -> type.group().equals(group));
  }

  /** Whether a group belongs to the server itself, so that what is missing in it is a Status. */
  public static boolean isBuiltInGroup(String group) {
    return BUILT_IN.stream().anyMatch(type -> type.group().equals(group));
  }

  public void serve(CustomType type) {
    custom.put(id(type.type()), type);
    types.put(id(type.type()), type.type());
  }

  /** Stops serving a resource in all versions. */
  public void withdraw(String group, String plural) {
    types.keySet().removeIf(id -> id.group().equals(group) && id.plural().equals(plural));
    custom.keySet().removeIf(id -> id.group().equals(group) && id.plural().equals(plural));
  }
}
