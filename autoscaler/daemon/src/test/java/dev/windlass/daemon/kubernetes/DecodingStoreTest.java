package dev.windlass.daemon.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DecodingStoreTest {
  private final List<String> changes = new ArrayList<>();
  private final DecodingStore<ConfigMap, Map<String, String>> store =
      new DecodingStore<>(
          object -> new Reading<>(Map.copyOf(object.getData()), ""),
          object -> object,
          (before, after) -> changes.add(before + " -> " + after));

  private static ConfigMap object(String name, String value) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withNamespace("default")
        .withName(name)
        .endMetadata()
        .withData(Map.of("key", value))
        .build();
  }

  private void put(String name, String value) {
    ConfigMap object = object(name, value);
    store.put(store.getKey(object), object);
  }

  @Test
  void handsOutTheSameObjectsUntilSomethingChanges() {
    put("b", "1");
    put("a", "2");
    List<Map<String, String>> before = store.decoded();

    changes.clear();

    put("b", "1");

    assertThat(store.decoded()).isSameAs(before);
    assertThat(changes).isEmpty();
    assertThat(before).containsExactly(Map.of("key", "2"), Map.of("key", "1"));
  }

  @Test
  void keepsTheObjectsThatHaveNotChanged() {
    put("a", "1");
    put("b", "1");
    Map<String, String> unchanged = store.decoded().getFirst();

    put("b", "2");

    assertThat(store.decoded()).containsExactly(Map.of("key", "1"), Map.of("key", "2"));
    assertThat(store.decoded().getFirst()).isSameAs(unchanged);
    assertThat(changes).last().isEqualTo("{key=1} -> {key=2}");
  }

  @Test
  void forgetsWhatIsRemoved() {
    put("a", "1");
    store.decoded();

    store.remove("default/a");

    assertThat(store.decoded()).isEmpty();
  }
}
