package dev.windlass.daemon.plan;

import dev.windlass.core.model.LabelSelector;
import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.model.TargetRef;
import dev.windlass.daemon.decode.Quantities;
import dev.windlass.daemon.input.Document;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The documents of the three metrics APIs as values; an item without a readable value is left out.
 */
final class MetricValues {
  private static final Pattern WINDOW =
      Pattern.compile("(?:(\\d{1,6})h)?(?:(\\d{1,6})m)?(?:(\\d{1,9})(?:\\.\\d*)?s)?");
  private static final Duration USUAL_WINDOW = Duration.ofMinutes(1);

  private MetricValues() {}

  /** A value in thousandths, when its window ended and how long that was. */
  record Value(long milli, Instant at, Duration window) {}

  /**
   * A PodMetrics object.
   *
   * @param containers the usage of each container in thousandths, by resource
   */
  record OfPod(
      String namespace,
      String name,
      Map<String, Map<String, Long>> containers,
      Instant at,
      Duration window) {
    /** The usage of one resource by container, as far as it is there. */
    Map<String, Long> milliByContainer(String resource) {
      Map<String, Long> milli = new HashMap<>();
      containers.forEach((container, usage) -> {
        Long amount = usage.get(resource);
        if (amount != null) {
          milli.put(container, amount);
        }
      });
      return milli;
    }
  }

  /** An item of a MetricValueList. */
  record Custom(TargetRef object, String name, Map<String, String> labels, Value value) {
    boolean isOf(String metric, LabelSelector selector) {
      return name.equals(metric) && (selector.isEmpty() || selector.matches(labels));
    }
  }

  /** An item of an ExternalMetricValueList. */
  record External(String name, Map<String, String> labels, Value value) {}

  static OfPod ofPod(Document document) {
    Map<String, Map<String, Long>> containers = new HashMap<>();
    for (JsonNode container : document.tree().path("containers")) {
      Map<String, Long> usage = new HashMap<>();
      for (Map.Entry<String, JsonNode> each : container.path("usage").properties()) {
        Quantities.milli(each.getValue().asString(""))
            .ifPresent(milli -> usage.put(each.getKey(), milli));
      }
      containers.put(container.path("name").asString(""), usage);
    }
    String namespace = document.namespace().isEmpty() ? "default" : document.namespace();
    return new OfPod(
        namespace,
        document.name(),
        containers,
        time(document.tree()),
        window(document.tree().path("window").asString("")));
  }

  static List<Custom> custom(JsonNode list) {
    List<Custom> items = new ArrayList<>();
    for (JsonNode item : list.path("items")) {
      OptionalLong milli = Quantities.milli(item.path("value").asString(""));
      JsonNode object = item.path("describedObject");
      JsonNode metric = item.path("metric");
      if (milli.isPresent()) {
        ObjectKey key =
            new ObjectKey(
                object.path("namespace").asString("default"), object.path("name").asString(""));
        items.add(
            new Custom(
                new TargetRef(
                    object.path("apiVersion").asString(""), object.path("kind").asString(""), key),
                metric.path("name").asString(item.path("metricName").asString("")),
                strings(metric.path("selector").path("matchLabels")),
                new Value(milli.getAsLong(), time(item), windowSeconds(item))));
      }
    }
    return items;
  }

  static List<External> external(JsonNode list) {
    List<External> items = new ArrayList<>();
    for (JsonNode item : list.path("items")) {
      OptionalLong milli = Quantities.milli(item.path("value").asString(""));
      if (milli.isPresent()) {
        items.add(
            new External(
                item.path("metricName").asString(""),
                strings(item.path("metricLabels")),
                new Value(milli.getAsLong(), time(item), windowSeconds(item))));
      }
    }
    return items;
  }

  private static Map<String, String> strings(JsonNode object) {
    Map<String, String> strings = new HashMap<>();
    for (Map.Entry<String, JsonNode> each : object.properties()) {
      strings.put(each.getKey(), each.getValue().asString(""));
    }
    return strings;
  }

  private static Instant time(JsonNode item) {
    try {
      return OffsetDateTime.parse(item.path("timestamp").asString("")).toInstant();
    } catch (DateTimeParseException _) {
      return Instant.EPOCH;
    }
  }

  private static Duration windowSeconds(JsonNode item) {
    return item.has("windowSeconds")
        ? Duration.ofSeconds(item.path("windowSeconds").asLong(USUAL_WINDOW.toSeconds()))
        : window(item.path("window").asString(""));
  }

  private static Duration window(String text) {
    Matcher form = WINDOW.matcher(text);
    if (text.isEmpty() || !form.matches()) {
      return USUAL_WINDOW;
    }
    return Duration.ofHours(number(form.group(1)))
        .plusMinutes(number(form.group(2)))
        .plusSeconds(number(form.group(3)));
  }

  private static long number(@Nullable String digits) {
    return digits == null ? 0 : Long.parseLong(digits);
  }
}
