package dev.windlass.simulations.apiserver.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.simulations.apiserver.model.BuiltInTypes;
import dev.windlass.simulations.apiserver.model.Json;
import dev.windlass.simulations.apiserver.model.ResourceType;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class ObjectStoreTest {
  private static final ResourceType MAPS =
      BuiltInTypes.all().stream().filter(t -> t.is("", "configmaps")).findFirst().orElseThrow();
  private static final int LIMIT = 1000;

  private static ObjectKey key(String name) {
    return new ObjectKey("n", name);
  }

  private static ObjectNode map(String name, int value) {
    ObjectNode object = Json.object().put("kind", "ConfigMap").put("value", value);
    object.putObject("metadata").put("namespace", "n").put("name", name).put("uid", "uid-" + name);
    return object;
  }

  private static List<String> names(ObjectStore.Snapshot snapshot) {
    return snapshot.objects().stream()
        .map(o -> Json.string(o.json(), "metadata", "name") + o.json().path("value"))
        .toList();
  }

  @Test
  void replacesOnlyTheVersionThatWasRead() {
    ObjectStore store = new ObjectStore(LIMIT);
    StoredObject first = store.create(MAPS, key("a"), map("a", 1)).orElseThrow();

    assertThat(store.create(MAPS, key("a"), map("a", 9))).isEmpty();
    assertThat(store.replace(MAPS, key("a"), first, map("a", 2))).isPresent();
    assertThat(store.replace(MAPS, key("a"), first, map("a", 3))).isEmpty();
    assertThat(store.remove(MAPS, key("a"), first)).isEmpty();
  }

  @Test
  void listsAnyRememberedVersionAsItWas() {
    long seed = 20261122;
    Random random = new Random(seed);
    ObjectStore store = new ObjectStore(LIMIT);
    TreeMap<String, Integer> model = new TreeMap<>();
    TreeMap<Long, List<String>> history = new TreeMap<>();
    for (int i = 0; i < 300; i++) {
      String name = String.valueOf((char) ('a' + random.nextInt(6)));
      StoredObject there = store.get(MAPS, key(name)).orElse(null);
      if (there == null) {
        assertThat(store.create(MAPS, key(name), map(name, i))).isPresent();
        model.put(name, i);
      } else if (random.nextBoolean()) {
        assertThat(store.replace(MAPS, key(name), there, map(name, i))).isPresent();
        model.put(name, i);
      } else {
        assertThat(store.remove(MAPS, key(name), there)).isPresent();
        model.remove(name);
      }
      List<String> now = new ArrayList<>();
      model.forEach((n, v) -> now.add(n + v));
      history.put(store.version(), now);
    }

    history.forEach((version, expected) ->
        assertThat(names(store.listAt(MAPS, "n", version).orElseThrow()))
            .as("seed %d, version %d", seed, version)
            .isEqualTo(expected));
  }

  @Test
  void refusesExactListsFromBeforeACompactionButNotWatches() throws InterruptedException {
    ObjectStore store = new ObjectStore(LIMIT);
    StoredObject first = store.create(MAPS, key("a"), map("a", 1)).orElseThrow();
    long early = store.version();
    store.replace(MAPS, key("a"), first, map("a", 2));

    store.compact(store.version());

    assertThat(store.listAt(MAPS, "n", early)).isEmpty();
    assertThat(store.changes(MAPS, early, 0).changes()).hasSize(1);
  }

  @Test
  void tellsWatchersThatTheirVersionIsForgotten() throws InterruptedException {
    ObjectStore store = new ObjectStore(LIMIT);
    StoredObject first = store.create(MAPS, key("a"), map("a", 1)).orElseThrow();
    long early = store.version();
    store.replace(MAPS, key("a"), first, map("a", 2));

    store.forgetChanges();

    assertThat(store.changes(MAPS, early, 0).expired()).isTrue();
    assertThat(store.changes(MAPS, store.version(), 0).expired()).isFalse();
  }

  @Test
  void dropsTheOldestChangesWhenTheHistoryIsFull() throws InterruptedException {
    ObjectStore store = new ObjectStore(2);
    long start = store.version();
    for (int i = 0; i < 3; i++) {
      store.create(MAPS, key("k" + i), map("k" + i, i));
    }

    assertThat(store.changes(MAPS, start, 0).expired()).isTrue();
    assertThat(store.changes(MAPS, start + 1, 0).changes()).hasSize(2);
  }
}
