package dev.windlass.simulations.apiserver.store;

import dev.windlass.simulations.apiserver.model.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** One version of an object. Its tree must not be changed; copy it first. */
public final class StoredObject {
  private final ObjectNode json;
  private final long version;
  private volatile byte @Nullable [] bytes;

  StoredObject(ObjectNode json, long version) {
    this.json = json;
    this.version = version;
    Json.child(json, "metadata").put("resourceVersion", Long.toString(version));
  }

  public ObjectNode json() {
    return json;
  }

  /** A copy to change. */
  public ObjectNode copy() {
    return json.deepCopy();
  }

  public long version() {
    return version;
  }

  public String uid() {
    return Json.string(json, "metadata", "uid");
  }

  public boolean isBeingDeleted() {
    return json.path("metadata").has("deletionTimestamp");
  }

  public boolean hasFinalizers() {
    return !json.path("metadata").path("finalizers").isEmpty();
  }

  /** The object as JSON text, made once. */
  public byte[] bytes() {
    byte[] made = bytes;
    if (made == null) {
      made = Json.bytes(json);
      bytes = made;
    }
    return made;
  }

  /** The same content under another version, as a watch shows what has gone. */
  public StoredObject at(long otherVersion) {
    return new StoredObject(json.deepCopy(), otherVersion);
  }
}
