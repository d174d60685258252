package dev.windlass.simulations.apiserver.rest;

import dev.windlass.simulations.apiserver.model.ApiFailure;
import dev.windlass.simulations.apiserver.model.Json;
import dev.windlass.simulations.apiserver.model.ResourceType;
import dev.windlass.simulations.apiserver.store.ContinueToken;
import dev.windlass.simulations.apiserver.store.ObjectKey;
import dev.windlass.simulations.apiserver.store.ObjectStore;
import dev.windlass.simulations.apiserver.store.StoredObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Gets objects, and lists them by pages and versions. */
public final class ObjectReader {
  private final ObjectStore store;
  private final Duration versionWait;

  public ObjectReader(ObjectStore store, Duration versionWait) {
    this.store = store;
    this.versionWait = versionWait;
  }

  /** A page of a list, its version, the token to go on (or empty) and what remains (or -1). */
  public record Page(List<StoredObject> objects, long version, String token, long remaining) {}

  public StoredObject get(Target target, String version) {
    awaitVersion(Listing.serverVersion(version));
    return store
        .get(target.type(), target.key())
        .orElseThrow(() -> ApiFailure.notFound(target.type(), target.name()));
  }

  /** Waits a moment until the server has reached a version; a 504 when it has not. */
  void awaitVersion(long version) {
    try {
      if (version > 0 && !store.await(version, versionWait.toNanos())) {
        ObjectNode details = Json.object();
        details
            .putArray("causes")
            .addObject()
            .put("reason", "ResourceVersionTooLarge")
            .put("message", "Too large resource version");
        details.put("retryAfterSeconds", 1);
        throw ApiFailure.of(
                504,
                "Timeout",
                "Timeout: Too large resource version: " + version + ", current: " + store.version())
            .details(details)
            .header("Retry-After", "1");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ApiFailure.of(503, "ServiceUnavailable", "the server is stopping");
    }
  }

  public Page list(ResourceType type, Listing listing) {
    long version = listing.versionNumber();
    boolean paged = listing.limit() > 0 && !(version == 0 && listing.version().equals("0"));
    String namespace = listing.selection().namespace();
    if (!listing.token().isEmpty()) {
      ContinueToken token = ContinueToken.decode(listing.token());
      ObjectStore.Snapshot all =
          token.version() == 0
              ? store.list(type, namespace)
              : store
                  .listAt(type, namespace, token.version())
                  .orElseThrow(() -> tokenExpired(token));
      return page(type, all, listing, token.after(), paged);
    }
    boolean exact =
        listing.match().equals("Exact") || (listing.match().isEmpty() && paged && version > 0);
    awaitVersion(version);
    ObjectStore.Snapshot all =
        exact
            ? store.listAt(type, namespace, version).orElseThrow(ObjectReader::expired)
            : store.list(type, namespace);
    return page(type, all, listing, new ObjectKey("", ""), paged);
  }

  private static Page page(
      ResourceType type,
      ObjectStore.Snapshot all,
      Listing listing,
      ObjectKey after,
      boolean paged) {
    List<StoredObject> found = new ArrayList<>();
    ObjectKey last = after;
    for (StoredObject object : all.objects()) {
      ObjectKey key = keyOf(object);
      if (key.compareTo(after) > 0
          && listing.selection().matches(Views.show(type, object.json()))) {
        if (paged && found.size() == listing.limit()) {
          long remaining =
              listing.selection().isNarrowed()
                  ? -1
                  : all.objects().stream().filter(o -> keyOf(o).compareTo(after) > 0).count()
                      - found.size();
          String token = new ContinueToken(all.version(), last).encode();
          return new Page(found, all.version(), token, remaining);
        }
        found.add(object);
        last = key;
      }
    }
    return new Page(found, all.version(), "", -1);
  }

  private static ObjectKey keyOf(StoredObject object) {
    return new ObjectKey(
        Json.string(object.json(), "metadata", "namespace"),
        Json.string(object.json(), "metadata", "name"));
  }

  private static ApiFailure expired() {
    return ApiFailure.of(410, "Expired", "The resourceVersion for the provided list is too old.");
  }

  private static ApiFailure tokenExpired(ContinueToken token) {
    return ApiFailure.of(
            410,
            "Expired",
            "The provided continue parameter is too old to display a consistent list result. You can start a new"
                + " list without the continue parameter, or use the continue token in this response to retrieve"
                + " the remainder of the results. Continuing with the provided token results in an inconsistent"
                + " list - objects that were created, modified, or deleted between the time the first chunk was"
                + " returned and now may show up in the list.")
        .next(new ContinueToken(0, token.after()).encode());
  }

  /** A list as a tree, its items without their kind as built-in lists have them. */
  public ObjectNode tree(ResourceType type, Page page) {
    ObjectNode list =
        Json.object().put("kind", type.listKind()).put("apiVersion", type.apiVersion());
    list.set("metadata", metadata(type, page));
    ArrayNode items = list.putArray("items");
    for (StoredObject object : page.objects()) {
      ObjectNode item = Views.show(type, object.json());
      if (!type.custom()) {
        item = item.deepCopy();
        item.remove(List.of("kind", "apiVersion"));
      }
      items.add(item);
    }
    return list;
  }

  /** The metadata of a list. */
  public static ObjectNode metadata(ResourceType type, Page page) {
    ObjectNode metadata = Json.object().put("resourceVersion", Long.toString(page.version()));
    if (!page.token().isEmpty() || type.custom()) {
      metadata.put("continue", page.token());
    }
    if (page.remaining() > 0) {
      metadata.put("remainingItemCount", page.remaining());
    }
    return metadata;
  }
}
