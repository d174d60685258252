package dev.windlass.simulations.demo;

import dev.windlass.simulations.world.Annotations;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is in the cluster when it begins, and what is submitted later.
 *
 * @param entries objects by time, in the order of their files within one time
 */
record Scenario(List<Entry> entries) {
  private static final List<String> FILES = List.of("cluster.yaml", "morning.yaml");

  /** An object and when it is created. */
  record Entry(Duration at, HasMetadata object) {}

  Scenario {
    entries = entries.stream().sorted(Comparator.comparing(Entry::at)).toList();
  }

  /** The scenario that comes with the demo. */
  static Scenario morning() {
    List<Entry> entries = new ArrayList<>();
    for (String file : FILES) {
      for (HasMetadata object : read(file)) {
        Duration at = Annotations.duration(object, Annotations.AT).orElse(Duration.ZERO);
        entries.add(new Entry(at, object));
      }
    }
    return new Scenario(entries);
  }

  /** The same scenario with these objects instead of those of the same kinds and names. */
  Scenario with(List<HasMetadata> others) {
    Map<String, HasMetadata> byName = new HashMap<>();
    others.forEach(object -> byName.put(name(object), object));
    return new Scenario(
        entries.stream()
            .map(entry ->
                new Entry(entry.at(), byName.getOrDefault(name(entry.object()), entry.object())))
            .toList());
  }

  private static String name(HasMetadata object) {
    return object.getKind()
        + " "
        + object.getMetadata().getNamespace()
        + "/"
        + object.getMetadata().getName();
  }

  /** What is there from the beginning. */
  List<HasMetadata> initial() {
    return entries.stream().filter(entry -> entry.at().isZero()).map(Entry::object).toList();
  }

  /** What comes later. */
  List<Entry> later() {
    return entries.stream().filter(entry -> !entry.at().isZero()).toList();
  }

  /** When nothing new happens any more: the last submission and the last turn of a load. */
  Duration end() {
    return entries.stream()
        .map(entry -> max(entry.at(), Annotations.lastTurn(entry.object())))
        .reduce(Duration.ZERO, Scenario::max);
  }

  private static Duration max(Duration left, Duration right) {
    return left.compareTo(right) >= 0 ? left : right;
  }

  /** The documents of a file that comes with the demo. */
  static List<HasMetadata> read(String file) {
    return read(file, "", "");
  }

  /** The same with a word replaced by what is known only when the demo starts. */
  static List<HasMetadata> read(String file, String word, String meaning) {
    try (InputStream stream = Scenario.class.getResourceAsStream(file)) {
      if (stream == null) {
        throw new IllegalStateException(file + " is missing from the class path");
      }
      String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      Object parsed = new KubernetesSerialization().unmarshal(text.replace(word, meaning));
      return parsed instanceof Collection<?> many
          ? many.stream().map(HasMetadata.class::cast).toList()
          : List.of((HasMetadata) parsed);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
