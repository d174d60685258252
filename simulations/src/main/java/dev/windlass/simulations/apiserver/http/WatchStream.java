package dev.windlass.simulations.apiserver.http;

import dev.windlass.simulations.apiserver.model.ApiFailure;
import dev.windlass.simulations.apiserver.model.Json;
import dev.windlass.simulations.apiserver.model.ResourceType;
import dev.windlass.simulations.apiserver.rest.Listing;
import dev.windlass.simulations.apiserver.rest.Views;
import dev.windlass.simulations.apiserver.store.Change;
import dev.windlass.simulations.apiserver.store.ObjectStore;
import dev.windlass.simulations.apiserver.store.StoredObject;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Writes the changes of a selection as they come, one JSON object a line. */
final class WatchStream implements Reply.Writer {
  private static final long DEFAULT_SECONDS = 1800;
  private static final long BOOKMARK_SECONDS = 60;
  private static final long LAST_BOOKMARK_SECONDS = 2;
  private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
  private final ObjectStore store;
  private final ResourceType type;
  private final Listing listing;
  private final Representation representation;
  private final BooleanSupplier stopped;
  private long position;
  private long sentBookmarkAt;

  WatchStream(
      ObjectStore store,
      ResourceType type,
      Listing listing,
      Representation representation,
      BooleanSupplier stopped) {
    this.store = store;
    this.type = type;
    this.listing = listing;
    this.representation = representation;
    this.stopped = stopped;
  }

  @Override
  public void write(OutputStream out) throws IOException, InterruptedException {
    long seconds = listing.timeoutSeconds() > 0 ? listing.timeoutSeconds() : DEFAULT_SECONDS;
    long start = System.nanoTime();
    long end = start + TimeUnit.SECONDS.toNanos(seconds);
    if (!begin(out, end)) {
      return;
    }
    long lastBookmark = end - TimeUnit.SECONDS.toNanos(LAST_BOOKMARK_SECONDS);
    sentBookmarkAt = start;
    while (!stopped.getAsBoolean()) {
      long now = System.nanoTime();
      if (now >= end) {
        return;
      }
      ObjectStore.Batch batch = store.changes(type, position, Math.min(STEP_NANOS, end - now));
      if (batch.expired()) {
        failure(out, expired());
        return;
      }
      for (Change change : batch.changes()) {
        send(out, change);
      }
      position = Math.max(position, batch.upTo());
      if (!batch.changes().isEmpty()) {
        out.flush();
      }
      bookmarkWhenDue(out, lastBookmark, seconds > LAST_BOOKMARK_SECONDS);
    }
  }

  private void bookmarkWhenDue(OutputStream out, long lastBookmark, boolean last)
      throws IOException {
    long now = System.nanoTime();
    boolean due = now - sentBookmarkAt >= TimeUnit.SECONDS.toNanos(BOOKMARK_SECONDS);
    boolean ending = last && now >= lastBookmark && sentBookmarkAt < lastBookmark;
    if (listing.bookmarks() && (due || ending)) {
      bookmark(out, false);
      out.flush();
      sentBookmarkAt = now;
    }
  }

  /** Sends what the watch begins with; false when that was all. */
  private boolean begin(OutputStream out, long end) throws IOException, InterruptedException {
    long version = listing.watchVersion();
    boolean list = listing.initialEvents() || (version == 0 && listing.listFirst());
    if (listing.initialEvents() && version > store.version()) {
      long wait = Math.min(TimeUnit.SECONDS.toNanos(3), Math.max(0, end - System.nanoTime()));
      if (!store.await(version, wait)) {
        failure(out, tooLarge(version));
        return false;
      }
    }
    if (!list) {
      position = version == 0 ? store.version() : version;
      out.flush();
      return true;
    }
    ObjectStore.Snapshot now = store.list(type, listing.selection().namespace());
    for (StoredObject object : now.objects()) {
      if (matches(object)) {
        event(out, "ADDED", object);
      }
    }
    position = now.version();
    if (listing.initialEvents() && listing.bookmarks()) {
      bookmark(out, true);
    }
    out.flush();
    return true;
  }

  private boolean matches(@Nullable StoredObject object) {
    if (object == null) {
      return false;
    }
    ObjectNode shown = Views.show(type, object.json());
    String namespace = listing.selection().namespace();
    return (namespace.isEmpty() || namespace.equals(Json.string(shown, "metadata", "namespace")))
        && listing.selection().matches(shown);
  }

  private void send(OutputStream out, Change change) throws IOException {
    boolean before = matches(change.before());
    boolean after = matches(change.after());
    StoredObject now = change.after();
    StoredObject was = change.before();
    if (after && now != null) {
      event(out, before ? "MODIFIED" : "ADDED", now);
    } else if (before && was != null) {
      event(out, "DELETED", was.at(change.version()));
    }
  }

  private void event(OutputStream out, String kind, StoredObject object) throws IOException {
    byte[] body =
        representation.form() == Representation.Form.OBJECT
            ? Views.bytes(type, object)
            : Json.bytes(representation.one(Views.show(type, object.json()), "Metadata"));
    line(out, kind, body);
  }

  private void bookmark(OutputStream out, boolean initial) throws IOException {
    ObjectNode object = Json.object().put("kind", type.kind()).put("apiVersion", type.apiVersion());
    ObjectNode metadata =
        object.putObject("metadata").put("resourceVersion", Long.toString(position));
    if (initial) {
      metadata.putObject("annotations").put("k8s.io/initial-events-end", "true");
    }
    line(out, "BOOKMARK", Json.bytes(object));
  }

  private static void failure(OutputStream out, ApiFailure failure) throws IOException {
    line(out, "ERROR", Json.bytes(failure.status()));
    out.flush();
  }

  private static void line(OutputStream out, String kind, byte[] object) throws IOException {
    out.write(("{\"type\":\"" + kind + "\",\"object\":").getBytes(StandardCharsets.UTF_8));
    out.write(object);
    out.write('}');
    out.write('\n');
  }

  private ApiFailure expired() {
    return ApiFailure.of(
        410, "Expired", "too old resource version: " + position + " (" + store.version() + ")");
  }

  private ApiFailure tooLarge(long version) {
    return ApiFailure.of(
        504,
        "Timeout",
        "Timeout: Too large resource version: " + version + ", current: " + store.version());
  }
}
