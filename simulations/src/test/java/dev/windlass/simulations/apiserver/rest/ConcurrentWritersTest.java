package dev.windlass.simulations.apiserver.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.simulations.apiserver.model.ApiFailure;
import dev.windlass.simulations.apiserver.model.Json;
import dev.windlass.simulations.apiserver.model.ResourceType;
import dev.windlass.simulations.apiserver.rest.ObjectWriter.Mode;
import dev.windlass.simulations.apiserver.store.ObjectKey;
import dev.windlass.simulations.apiserver.store.ObjectStore;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class ConcurrentWritersTest {
  private static final int WRITERS = 16;
  private final Types types = new Types();
  private final ObjectStore store = new ObjectStore(10_000);
  private final ObjectWriter writer =
      new ObjectWriter(types, store, new ServerClock(InstantSource.system()));
  private final ResourceType maps = types.builtIn("", "configmaps");
  private final Target target = new Target(maps, "n", "m", "");

  @BeforeEach
  void world() {
    ObjectNode namespace = object("Namespace", "n");
    assertThat(store.create(types.builtIn("", "namespaces"), new ObjectKey("", "n"), namespace))
        .isPresent();
    writer.create(target, object("ConfigMap", "m"), WriteOptions.internal("test"));
  }

  private static ObjectNode object(String kind, String name) {
    ObjectNode object = Json.object().put("kind", kind).put("apiVersion", "v1");
    object.putObject("metadata").put("name", name);
    return object;
  }

  private static List<Boolean> all(List<Callable<Boolean>> tasks) throws Exception {
    List<Boolean> results = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Boolean> one : threads.invokeAll(tasks)) {
        results.add(one.get());
      }
    }
    return results;
  }

  @Test
  void oneOfManyPutsAtOneVersionWins() throws Exception {
    ObjectNode read = store.get(maps, target.key()).orElseThrow().json();
    List<Callable<Boolean>> puts = new ArrayList<>();
    for (int i = 0; i < WRITERS; i++) {
      ObjectNode next = read.deepCopy();
      next.putObject("data").put("by", Integer.toString(i));
      puts.add(() ->
          succeeds(() ->
              writer.change(
                  target, _ -> next.deepCopy(), Mode.REPLACE, WriteOptions.internal("w"))));
    }

    assertThat(all(puts)).containsOnlyOnce(true);
  }

  private static boolean succeeds(Callable<ObjectNode> write) throws Exception {
    try {
      return !write.call().isEmpty();
    } catch (ApiFailure conflict) {
      assertThat(conflict.code()).isEqualTo(409);
      return false;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {Patches.MERGE, Patches.JSON, Patches.STRATEGIC, Patches.APPLY})
  void noPatchWithoutAVersionIsRefusedOrLost(String mediaType) throws Exception {
    Patches patches = new Patches(writer, new BodyDecoder(types), store);
    patches.patch(
        target, Patches.MERGE, bytes("{\"data\":{\"first\":\"1\"}}"), WriteOptions.internal("w"));
    List<Callable<Boolean>> tasks = new ArrayList<>();
    for (int i = 0; i < WRITERS; i++) {
      String key = "k" + i;
      tasks.add(() ->
          !patches
              .patch(target, mediaType, bytes(body(mediaType, key)), WriteOptions.internal(key))
              .object()
              .isEmpty());
    }

    assertThat(all(tasks)).containsOnly(true);
    assertThat(store.get(maps, target.key()).orElseThrow().json().path("data").size())
        .isEqualTo(WRITERS + 1);
  }

  private static String body(String mediaType, String key) {
    return switch (mediaType) {
      case Patches.JSON -> "[{\"op\":\"add\",\"path\":\"/data/" + key + "\",\"value\":\"1\"}]";
      case Patches.APPLY ->
          "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"m\"},\"data\":{\""
              + key
              + "\":\"1\"}}";
      default -> "{\"data\":{\"" + key + "\":\"1\"}}";
    };
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
