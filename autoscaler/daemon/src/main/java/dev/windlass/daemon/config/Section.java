package dev.windlass.daemon.config;

import dev.windlass.daemon.resource.Findings;
import dev.windlass.daemon.resource.Suggestion;
import dev.windlass.daemon.resource.Texts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A map of the Configuration document that is being read. Each key is asked for once, by name and
 * default; what was never asked for is unknown. A wrong value is noted, and the default stands in.
 */
final class Section {
  private final JsonNode tree;
  private final String path;
  private final Findings findings;
  private final List<ConfigurationKey> keys;
  private final Set<String> asked = new TreeSet<>();

  /**
   * A section.
   *
   * @param tree its map, or a missing node
   * @param path from {@code spec} on, empty for the spec itself
   * @param findings where problems are noted
   * @param keys where the keys that are asked for are noted
   */
  Section(JsonNode tree, String path, Findings findings, List<ConfigurationKey> keys) {
    this.tree = tree;
    this.path = path;
    this.findings = findings;
    this.keys = keys;
    if (!isAbsent(tree) && !tree.isObject()) {
      findings.add(field(""), tree, "a map of fields");
    }
  }

  Section section(String name) {
    asked.add(name);
    return new Section(tree.path(name), path.isEmpty() ? name : path + "." + name, findings, keys);
  }

  boolean bool(String name, boolean usual) {
    JsonNode value = ask(name, "boolean", String.valueOf(usual));
    if (isAbsent(value)) {
      return usual;
    }
    return require(value.isBoolean(), name, value, "true or false") ? value.asBoolean() : usual;
  }

  int number(String name, int usual, int min, int max) {
    JsonNode value = ask(name, "number", String.valueOf(usual));
    if (isAbsent(value)) {
      return usual;
    }
    boolean fits =
        value.isIntegralNumber()
            && value.canConvertToInt()
            && value.intValue() >= min
            && value.intValue() <= max;
    return require(fits, name, value, "a whole number from " + min + " to " + max)
        ? value.intValue()
        : usual;
  }

  double share(String name, double usual) {
    JsonNode value = ask(name, "share", String.valueOf(usual));
    if (isAbsent(value)) {
      return usual;
    }
    boolean fits = value.isNumber() && value.doubleValue() >= 0 && value.doubleValue() <= 1;
    return require(fits, name, value, "a share from 0 to 1") ? value.doubleValue() : usual;
  }

  Duration duration(String name, Duration usual, Duration min) {
    JsonNode value = ask(name, "duration", Texts.text(usual));
    if (isAbsent(value)) {
      return usual;
    }
    @Nullable Duration duration =
        value.isString() ? Texts.duration(value.stringValue()).orElse(null) : null;
    if (duration == null) {
      findings.add(field(name), value, Texts.DURATION_EXPECTED);
      return usual;
    }
    return require(
            duration.compareTo(min) >= 0, name, value, "a duration of at least " + Texts.text(min))
        ? duration
        : usual;
  }

  String text(String name, String usual) {
    JsonNode value = ask(name, "text", usual);
    if (isAbsent(value)) {
      return usual;
    }
    return require(value.isString(), name, value, "a text") ? value.stringValue() : usual;
  }

  /** A list of texts, empty when it is absent. */
  List<String> list(String name) {
    JsonNode value = ask(name, "list", "");
    List<String> texts = new ArrayList<>();
    if (isAbsent(value) || !require(value.isArray(), name, value, "a list of texts")) {
      return texts;
    }
    for (JsonNode each : value) {
      if (require(each.isString(), name, each, "a text")) {
        texts.add(each.stringValue());
      }
    }
    return texts;
  }

  /** A list of texts, at least one; what is usual when it is absent. */
  Set<String> names(String name, Set<String> usual) {
    JsonNode value = ask(name, "list", String.join(", ", new TreeSet<>(usual)));
    if (isAbsent(value)) {
      return usual;
    }
    Set<String> names = new TreeSet<>();
    for (JsonNode each : value) {
      if (require(each.isString(), name, each, "a text")) {
        names.add(each.stringValue());
      }
    }
    boolean some = value.isArray() && !value.isEmpty();
    return require(some, name, value, "a list of at least one text") ? names : usual;
  }

  /** A map of whole numbers under a key of its own. */
  Map<String, Integer> numbers(String name, int min, int max) {
    Map<String, Integer> numbers = new LinkedHashMap<>();
    texts(name)
        .forEach((key, text) -> {
          boolean fits =
              text.matches("\\d{1,9}")
                  && Integer.parseInt(text) >= min
                  && Integer.parseInt(text) <= max;
          String expected = "a whole number from " + min + " to " + max;
          if (findings.require(fits, field(name + "." + key), text, expected)) {
            numbers.put(key, Integer.parseInt(text));
          }
        });
    return numbers;
  }

  /** A map of texts under a key of its own. */
  Map<String, String> texts(String name) {
    JsonNode value = ask(name, "map", "");
    Map<String, String> texts = new LinkedHashMap<>();
    if (isAbsent(value) || !require(value.isObject(), name, value, "a map of texts")) {
      return texts;
    }
    for (Map.Entry<String, JsonNode> each : value.properties()) {
      boolean simple =
          each.getValue().isString() || each.getValue().isNumber() || each.getValue().isBoolean();
      if (require(simple, name + "." + each.getKey(), each.getValue(), "a text")) {
        texts.put(each.getKey(), each.getValue().asString());
      }
    }
    return texts;
  }

  /** Notes a problem with a key of this section that was found later. */
  void requireThat(boolean condition, String name, Object value, String expected) {
    Object written = value instanceof Duration duration ? Texts.text(duration) : value;
    findings.require(condition, field(name), written, expected);
  }

  /** Notes every key that was never asked for; called when the section has been read. */
  void close() {
    if (!tree.isObject()) {
      return;
    }
    for (String name : tree.propertyNames()) {
      if (!asked.contains(name)) {
        findings.missing(field(name), Suggestion.expected(name, asked));
      }
    }
  }

  private JsonNode ask(String name, String type, String usual) {
    asked.add(name);
    keys.add(new ConfigurationKey(path.isEmpty() ? name : path + "." + name, type, usual));
    return Optional.ofNullable(tree.get(name)).orElse(tree.path(name));
  }

  private boolean require(boolean condition, String name, Object value, String expected) {
    return findings.require(condition, field(name), value, expected);
  }

  private String field(String name) {
    String section = path.isEmpty() ? "spec" : "spec." + path;
    return name.isEmpty() ? section : section + "." + name;
  }

  private static boolean isAbsent(JsonNode node) {
    return node.isMissingNode() || node.isNull();
  }
}
