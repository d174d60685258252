package dev.windlass.simulations.apiserver.rest;

import dev.windlass.simulations.apiserver.model.ResourceType;
import dev.windlass.simulations.apiserver.store.ObjectKey;

/** What a request is about; namespace, name and subresource are empty where there is none. */
public record Target(ResourceType type, String namespace, String name, String subresource) {
  public ObjectKey key() {
    return new ObjectKey(namespace, name);
  }

  public Target named(String other) {
    return new Target(type, namespace, other, subresource);
  }

  /** The object itself, for a request about a part of it. */
  public Target whole() {
    return new Target(type, namespace, name, "");
  }
}
