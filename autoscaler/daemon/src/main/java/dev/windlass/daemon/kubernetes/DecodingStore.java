package dev.windlass.daemon.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An informer's store that decodes each object once, when it arrives, so that a snapshot costs no
 * decoding. What it holds is in the order of the keys, so that equal clusters give equal snapshots;
 * a value is the same object for as long as it is equal, so that decisions see at once what
 * changed.
 */
final class DecodingStore<S extends HasMetadata, T> implements ItemStore<S> {
  private final Function<S, Reading<T>> decode;
  private final StandIn<S, T> standIn;
  private final UnaryOperator<S> kept;
  private final Change<T> change;
  private final Runnable written;
  private final ConcurrentSkipListMap<String, Entry<S, T>> entries = new ConcurrentSkipListMap<>();
  private final AtomicLong version = new AtomicLong();
  private volatile Values<T> values = new Values<>(-1, List.of());

  /** Is told of a change, on the informer's thread; null stands for nothing. */
  @FunctionalInterface
  interface Change<T> {
    void changed(@Nullable T before, @Nullable T after);
  }

  /** What stands for an object that can't be read, so that it still counts. */
  @FunctionalInterface
  interface StandIn<S, T> {
    @Nullable T of(S object, String problem);
  }

  private record Entry<S, T>(S written, Reading<T> reading) {}

  private record Values<T>(long version, List<T> list) {}

  /** A store in which nothing stands for an object that can't be read. */
  DecodingStore(Function<S, Reading<T>> decode, UnaryOperator<S> kept, Change<T> change) {
    this(decode, (_, _) -> null, kept, change);
  }

  /**
   * A store.
   *
   * @param decode what an object means
   * @param standIn what stands for one that can't be read
   * @param kept how much of the object itself is kept: at least its metadata's names and version
   * @param change is told of each change
   */
  DecodingStore(
      Function<S, Reading<T>> decode,
      StandIn<S, T> standIn,
      UnaryOperator<S> kept,
      Change<T> change) {
    this(decode, standIn, kept, change, () -> {});
  }

  /**
   * A store that also tells of writes that change no meaning.
   *
   * @param written is run after each object that has arrived, on the informer's thread
   */
  DecodingStore(
      Function<S, Reading<T>> decode,
      StandIn<S, T> standIn,
      UnaryOperator<S> kept,
      Change<T> change,
      Runnable written) {
    this.decode = decode;
    this.standIn = standIn;
    this.kept = kept;
    this.change = change;
    this.written = written;
  }

  /** Grows with each change. */
  long version() {
    return version.get();
  }

  /** Every value, in the order of the keys. */
  List<T> decoded() {
    Values<T> known = values;
    long now = version.get();
    if (known.version() == now) {
      return known.list();
    }
    List<T> fresh = new ArrayList<>(entries.size());
    for (Entry<S, T> entry : entries.values()) {
      entry.reading().toOptional().ifPresent(fresh::add);
    }
    Values<T> next = new Values<>(now, List.copyOf(fresh));
    values = next;
    return next.list();
  }

  /** The value of one object; {@code NAMESPACE/NAME}, or the name of a cluster-scoped object. */
  Optional<T> decoded(String key) {
    Entry<S, T> entry = entries.get(key);
    return entry == null ? Optional.empty() : entry.reading().toOptional();
  }

  /** What is wrong with the objects that are bad, by key. */
  Map<String, String> problems() {
    Map<String, String> problems = new TreeMap<>();
    entries.forEach((key, entry) -> {
      if (!entry.reading().problem().isEmpty()) {
        problems.put(key, entry.reading().problem());
      }
    });
    return problems;
  }

  @Override
  public String getKey(S object) {
    return Cache.metaNamespaceKeyFunc(object);
  }

  @Override
  public @Nullable S put(String key, S object) {
    Reading<T> reading = reading(object);
    Entry<S, T> known = entries.get(key);
    if (known != null && known.reading().equals(reading)) {
      entries.put(key, new Entry<>(kept.apply(object), known.reading()));
      written.run();
      return known.written();
    }
    Entry<S, T> entry = new Entry<>(kept.apply(object), reading);
    Entry<S, T> before = entries.put(key, entry);
    version.incrementAndGet();
    change.changed(before == null ? null : before.reading().value(), entry.reading().value());
    written.run();
    return before == null ? null : before.written();
  }

  /** What is wrong with one object, a fault of its decoder included, is that object's alone. */
  private Reading<T> reading(S object) {
    try {
      Reading<T> reading = decode.apply(object);
      String problem = TolerantReading.problem(object).orElse(reading.problem());
      return problem.isEmpty() ? reading : standIn(object, problem);
    } catch (RuntimeException fault) {
      return standIn(object, "it can't be read: " + fault);
    }
  }

  private Reading<T> standIn(S object, String problem) {
    try {
      return new Reading<>(standIn.of(object, problem), problem);
    } catch (RuntimeException _) {
      return new Reading<>(null, problem);
    }
  }

  @Override
  public @Nullable S remove(String key) {
    Entry<S, T> before = entries.remove(key);
    version.incrementAndGet();
    if (before == null) {
      return null;
    }
    change.changed(before.reading().value(), null);
    return before.written();
  }

  @Override
  public Stream<String> keySet() {
    return entries.keySet().stream();
  }

  @Override
  public Stream<S> values() {
    return entries.values().stream().map(Entry::written);
  }

  @Override
  public int size() {
    return entries.size();
  }

  @Override
  public @Nullable S get(String key) {
    Entry<S, T> entry = entries.get(key);
    return entry == null ? null : entry.written();
  }

  /** Only names and versions may be relied upon in what is kept. */
  @Override
  public boolean isFullState() {
    return false;
  }
}
