package dev.windlass.daemon.kubernetes;

import dev.windlass.core.model.MetricReading;
import dev.windlass.core.model.MetricReading.PodSample;
import dev.windlass.core.model.MetricSpec;
import dev.windlass.daemon.decode.Quantities;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What metrics APIs answer, as readings. One bad sample is left out, so that its pod counts as one
 * without a sample; one bad value is a failure, as is an answer that is no list of samples.
 */
final class MetricAnswers {
  private static final Pattern DURATION_PART =
      Pattern.compile("([0-9]+(?:\\.[0-9]+)?)(h|m(?!s)|s|ms|us|µs|ns)");
  private static final Duration USUAL_WINDOW = Duration.ofMinutes(1);

  private MetricAnswers() {}

  /** How an answer is read. */
  enum Shape {
    /** A resource that every container must have, or the pod counts as one without a sample. */
    EVERY_CONTAINER,
    /** A resource of the containers that have it. */
    ANY_CONTAINER,
    /** A custom metric of each pod. */
    PODS,
    /** Values of an object, or from outside. */
    VALUES
  }

  /**
   * What of an answer a metric is about.
   *
   * @param resource the resource's name in the answer; empty for custom and external metrics
   */
  record Part(Shape shape, String resource) {
    static Part of(MetricSpec metric) {
      return switch (metric) {
        case MetricSpec.Resource resource -> new Part(Shape.EVERY_CONTAINER, resource.name());
        case MetricSpec.ContainerResource resource ->
            new Part(Shape.ANY_CONTAINER, resource.name());
        case MetricSpec.Pods _ -> new Part(Shape.PODS, "");
        case MetricSpec.OfObject _,
            MetricSpec.External _,
            MetricSpec.Prometheus _,
            MetricSpec.Scraped _ ->
            new Part(Shape.VALUES, "");
      };
    }
  }

  static MetricReading read(MetricRequest.Api api, Part part, String answer) {
    JsonNode tree;
    try {
      tree = JsonMapper.shared().readTree(answer);
    } catch (JacksonException malformed) {
      return new MetricReading.Failure(
          api.group() + " answered no JSON: " + malformed.getOriginalMessage());
    }
    JsonNode items = tree.path("items");
    if (!items.isArray()) {
      return new MetricReading.Failure(api.group() + " answered no list");
    }
    return switch (part.shape()) {
      case EVERY_CONTAINER -> usage(items, part.resource(), true);
      case ANY_CONTAINER -> usage(items, part.resource(), false);
      case PODS -> customOfPods(items);
      case VALUES -> values(items);
    };
  }

  private static MetricReading usage(JsonNode items, String resource, boolean ofEveryContainer) {
    List<PodSample> samples = new ArrayList<>();
    for (JsonNode item : items) {
      JsonNode containers = item.path("containers");
      Map<String, Long> byContainer = new TreeMap<>();
      for (JsonNode container : containers) {
        Quantities.milli(container.path("usage").path(resource).asString(""))
            .ifPresent(milli -> byContainer.put(container.path("name").asString(""), milli));
      }
      if (ofEveryContainer && byContainer.size() < containers.size()) {
        byContainer.clear();
      }
      Instant at = time(item.path("timestamp").asString(""));
      if (at != null) {
        Duration window = window(item.path("window").asString(""));
        String pod = item.path("metadata").path("name").asString("");
        samples.add(new PodSample(pod, byContainer, at, window));
      }
    }
    return new MetricReading.PodSamples(samples);
  }

  private static MetricReading customOfPods(JsonNode items) {
    List<PodSample> samples = new ArrayList<>();
    for (JsonNode item : items) {
      OptionalLong milli = Quantities.milli(item.path("value").asString(""));
      Instant at = time(item.path("timestamp").asString(""));
      if (milli.isPresent() && at != null) {
        String pod = item.path("describedObject").path("name").asString("");
        long seconds = item.path("windowSeconds").asLong(USUAL_WINDOW.toSeconds());
        samples.add(
            new PodSample(pod, Map.of("", milli.getAsLong()), at, Duration.ofSeconds(seconds)));
      }
    }
    return new MetricReading.PodSamples(samples);
  }

  private static MetricReading values(JsonNode items) {
    List<Long> values = new ArrayList<>();
    for (JsonNode item : items) {
      String written = item.path("value").asString("");
      OptionalLong milli = Quantities.milli(written);
      if (milli.isEmpty()) {
        return new MetricReading.Failure(
            "NotANumber: a value is '" + written + "'", MetricReading.Cause.VALUE);
      }
      values.add(milli.getAsLong());
    }
    return new MetricReading.Values(values);
  }

  private static @Nullable Instant time(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException _) {
      return null;
    }
  }

  /** A duration as Go writes it, for instance {@code 1m0.5s}. */
  static Duration window(String text) {
    Matcher parts = DURATION_PART.matcher(text);
    double seconds = 0;
    while (parts.find()) {
      double amount = Double.parseDouble(parts.group(1));
      seconds +=
          switch (parts.group(2)) {
            case "h" -> amount * 3_600;
            case "m" -> amount * 60;
            case "s" -> amount;
            case "ms" -> amount / 1_000;
            default -> 0;
          };
    }
    return seconds > 0 ? Duration.ofMillis(Math.round(seconds * 1_000)) : USUAL_WINDOW;
  }
}
