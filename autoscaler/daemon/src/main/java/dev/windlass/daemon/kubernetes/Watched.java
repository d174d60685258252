package dev.windlass.daemon.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.function.Consumer;

/**
 * One kind of object, watched and decoded.
 *
 * @param name the kind's plural, for messages
 * @param informer keeps the store up to date
 * @param store what is known
 */
record Watched<S extends HasMetadata, T>(
    String name, SharedIndexInformer<S> informer, DecodingStore<S, T> store)
    implements AutoCloseable {
  private static final long NO_RESYNC = 0;
  private static final long PAGE_SIZE = 5_000;

  /**
   * Begins to watch. A list or watch that fails is tried again until it is closed.
   *
   * @param failures is told of each failure
   */
  static <S extends HasMetadata, T> Watched<S, T> start(
      String name, Informable<S> source, DecodingStore<S, T> store, Consumer<String> failures) {
    SharedIndexInformer<S> informer =
        source.withLimit(PAGE_SIZE).runnableInformer(NO_RESYNC).removeNamespaceIndex();
    informer.itemStore(store);
    informer.exceptionHandler((started, failure) -> {
      failures.accept("watch of " + name + " failed: " + failure.getMessage());
      return true;
    });
    informer.start();
    return new Watched<>(name, informer, store);
  }

  /** Whether everything that was there at the start has been read. */
  boolean synced() {
    return informer.hasSynced();
  }

  @Override
  public void close() {
    informer.stop();
  }
}
