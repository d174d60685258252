package dev.windlass.simulations.apiserver.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The resources that are served without a definition, read from {@code resources.txt}. */
public final class BuiltInTypes {
  private static final int WORDS = 9;

  private BuiltInTypes() {}

  public static List<ResourceType> all() {
    Map<String, Map<String, FieldPath>> selectable = new HashMap<>();
    List<String> lines = Resources.lines("resources.txt");
    for (String line : lines) {
      if (line.startsWith("+ ")) {
        String[] words = line.split(" ");
        Map<String, FieldPath> paths = new HashMap<>();
        for (int i = 2; i < words.length; i++) {
          addPath(words[i], paths);
        }
        selectable.put(words[1], paths);
      }
    }
    List<ResourceType> types = new ArrayList<>();
    for (String line : lines) {
      if (!line.startsWith("+ ")) {
        types.add(type(line.split(" "), selectable));
      }
    }
    return List.copyOf(types);
  }

  private static void addPath(String word, Map<String, FieldPath> into) {
    int equals = word.indexOf('=');
    if (equals < 0) {
      into.put(word, FieldPath.of(word, ""));
      return;
    }
    String field = word.substring(0, equals);
    String rest = word.substring(equals + 1);
    into.put(
        field,
        rest.startsWith("@") ? FieldPath.of(rest.substring(1), "") : FieldPath.of(field, rest));
  }

  private static ResourceType type(String[] words, Map<String, Map<String, FieldPath>> selectable) {
    if (words.length != WORDS) {
      throw new IllegalStateException("nine words wanted: " + String.join(" ", words));
    }
    String group = words[0].equals("-") ? "" : words[0];
    String kind = words[3];
    ResourceType.Names names =
        new ResourceType.Names(
            words[2],
            kind.toLowerCase(Locale.ROOT),
            kind,
            kind + "List",
            list(words[7]),
            list(words[8]));
    Set<String> subresources = new HashSet<>(list(words[6]));
    return new ResourceType(
        group,
        words[1],
        names,
        words[5].equals("N"),
        false,
        subresources,
        selectable.getOrDefault(words[0] + "/" + words[2], Map.of()),
        Shapes.of(words[4]));
  }

  private static List<String> list(String word) {
    return word.equals("-") ? List.of() : List.of(word.split(","));
  }
}
