package dev.windlass.daemon.metrics;

import dev.windlass.core.model.MetricReading;
import dev.windlass.daemon.metrics.BoundedHttp.Page;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What Prometheus' instant query answers, as a reading: the one number, or why there is none. An
 * answer without a series is no zero: a query that may have none says {@code or vector(0)}.
 */
final class PrometheusAnswer {
  private static final int MAX_WORDS = 200;
  private static final int OK = 200;

  private PrometheusAnswer() {}

  static MetricReading read(Page page) {
    JsonNode tree;
    try {
      tree = JsonMapper.shared().readTree(page.text());
    } catch (JacksonException _) {
      return page.status() == OK
          ? SourceError.UNREADABLE_ANSWER.because("it is no JSON")
          : SourceError.ANSWERED_ERROR.because("status " + page.status());
    }
    if (page.status() != OK || !tree.path("status").asString("").equals("success")) {
      return SourceError.ANSWERED_ERROR.because(error(page.status(), tree));
    }
    JsonNode result = tree.path("data").path("result");
    return switch (tree.path("data").path("resultType").asString("")) {
      case "scalar" -> number(result);
      case "vector" -> vector(result);
      default -> SourceError.UNREADABLE_ANSWER.because("the query gives neither vector nor scalar");
    };
  }

  private static MetricReading vector(JsonNode result) {
    if (!result.isArray()) {
      return SourceError.UNREADABLE_ANSWER.because("the vector is no list");
    }
    return switch (result.size()) {
      case 0 -> SourceError.NO_SERIES.because("the query gives no series");
      case 1 -> number(result.get(0).path("value"));
      default ->
          SourceError.MANY_SERIES.because("the query gives several series; join them, as sum does");
    };
  }

  private static MetricReading number(JsonNode pair) {
    return MetricNumbers.parse(pair.path(1).asString(""))
        .map(MetricNumbers::milli)
        .<MetricReading>map(answer ->
            switch (answer) {
              case Answer.Of<Long> of -> new MetricReading.Values(List.of(of.value()));
              case Answer.None<Long> none -> none.failure();
            })
        .orElseGet(() -> SourceError.UNREADABLE_ANSWER.because("the value is no number"));
  }

  private static String error(int status, JsonNode tree) {
    String type = tree.path("errorType").asString("");
    String words = tree.path("error").asString("");
    String all = type.isEmpty() ? "status " + status : type + ": " + words;
    return all.length() <= MAX_WORDS ? all : all.substring(0, MAX_WORDS - 1) + "…";
  }
}
