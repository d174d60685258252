package dev.windlass.daemon.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.MetricReading;
import dev.windlass.daemon.metrics.BoundedHttp.Page;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrometheusAnswerTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "0 | 0",
        "12.5 | 12500",
        "0.0001 | 1",
        "4.35e2 | 435000",
        "1e300 | 9223372036854775807",
      })
  void readsTheOneNumberOfAVectorOrScalar(String value, long milli) {
    MetricReading expected = new MetricReading.Values(List.of(milli));

    assertThat(vector("{\"metric\":{},\"value\":[1.5,\"" + value + "\"]}")).isEqualTo(expected);
    assertThat(data("\"scalar\"", "[1.5,\"" + value + "\"]")).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "NaN, NotANumber",
    "+Inf, NotANumber",
    "-Inf, NotANumber",
    "-1, Negative",
    "0x10, UnreadableAnswer",
    "1f, UnreadableAnswer",
    "Infinity, UnreadableAnswer",
    "'', UnreadableAnswer"
  })
  void refusesWhatIsNoAmount(String value, String error) {
    assertFailed(vector("{\"value\":[1,\"" + value + "\"]}"), error);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "200 | {\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[]}} | NoSeries: ",
        "200 | {\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{},{}]}} | ManySeries: ",
        "200 | {\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":7}} | UnreadableAnswer: ",
        "200 | {\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":[]}} | UnreadableAnswer: ",
        "200 | {\"status\":\"success\"} | UnreadableAnswer: ",
        "200 | <html> | UnreadableAnswer: ",
        "200 | [] | AnsweredError: status 200",
        "400 | {\"status\":\"error\",\"errorType\":\"bad_data\",\"error\":\"no\"} | AnsweredError: bad_data: no",
        "302 | moved | AnsweredError: status 302",
        "401 | {} | AnsweredError: status 401",
      })
  void saysWhatIsWrong(int status, String body, String error) {
    assertFailed(PrometheusAnswer.read(new Page(status, body)), error);
  }

  private static void assertFailed(MetricReading reading, String error) {
    assertThat(reading)
        .isInstanceOfSatisfying(
            MetricReading.Failure.class,
            failure -> assertThat(failure.message()).startsWith(error));
  }

  private static MetricReading vector(String series) {
    return data("\"vector\"", "[" + series + "]");
  }

  private static MetricReading data(String type, String result) {
    return PrometheusAnswer.read(
        new Page(
            200,
            "{\"status\":\"success\",\"data\":{\"resultType\":%s,\"result\":%s}}"
                .formatted(type, result)));
  }
}
