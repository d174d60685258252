package dev.windlass.provider.gcp;

import com.google.api.client.http.HttpResponseException;
import com.google.api.gax.httpjson.RestSerializationException;
import com.google.api.gax.rpc.ApiException;
import dev.windlass.core.model.CloudFailure;
import dev.windlass.core.model.CloudFailure.Cause;
import dev.windlass.core.model.FailureScope;
import dev.windlass.provider.spi.CallBudget;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends requests, each after the budget was asked, and says in one way what went wrong. An answer
 * that cannot be read is none.
 */
final class Requests {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final int MAX_TEXT = 500;

  private final CallBudget budget;

  Requests(CallBudget budget) {
    this.budget = budget;
  }

  /** Sends one; throws {@link CallFailedException}. */
  <R> R send(Call call, Supplier<R> request) {
    if (!budget.acquire(call.project(), call.region(), call.method())) {
      throw CallFailedException.refused(
          Cause.THROTTLED, "the call budget of " + call.project() + " is used up for now");
    }
    try {
      return request.get();
    } catch (ApiException error) {
      throw translated(call, error);
    }
  }

  /** What the SDK's error says. */
  private static CallFailedException translated(Call call, ApiException error) {
    HttpResponseException answer = cause(error, HttpResponseException.class);
    if (answer != null) {
      return answered(
          call,
          answer.getStatusCode(),
          answer.getContent() == null ? "" : answer.getContent(),
          answer.getHeaders().getRetryAfter());
    }
    if (cause(error, ConnectException.class) != null
        || cause(error, HttpConnectTimeoutException.class) != null
        || cause(error, UnknownHostException.class) != null) {
      return CallFailedException.refused(
          Cause.TRANSIENT, call.method() + ": Google Cloud cannot be reached: " + text(error));
    }
    if (text(error).contains("access token") || text(error).contains("credentials")) {
      return CallFailedException.refused(
          Cause.AUTH, call.method() + ": no usable credentials: " + text(error));
    }
    boolean unreadable = cause(error, RestSerializationException.class) != null;
    return CallFailedException.uncertain(
        new CloudFailure(
            unreadable ? Cause.UNKNOWN : Cause.TRANSIENT,
            call.method() + (unreadable ? ": not an answer: " : ": no answer: ") + text(error)));
  }

  /** What an answer with this status says that is none of success. */
  static CallFailedException answered(
      Call call, int status, String body, @Nullable String retryAfter) {
    JsonNode error = errorOf(body);
    String code = error.path("errors").path(0).path("reason").asString("");
    String named = code.isEmpty() ? error.path("status").asString("") : code;
    String said = error.path("message").asString(shortened(body));
    String message = call.method() + ": " + (said.isEmpty() ? "status " + status : said);
    CloudFailure failure =
        error.isEmpty() && status < 500 && status != 429
            ? new CloudFailure(Cause.UNKNOWN, message)
            : ErrorCodes.failure(named, message, status);
    CloudFailure told =
        switch (failure.cause()) {
          case THROTTLED -> held(failure, retryAfter);
          case PERMISSION ->
              worded(
                  failure,
                  "the permission "
                      + call.permission()
                      + " on "
                      + call.resource()
                      + " is missing: "
                      + said);
          case TRANSIENT, CONFLICT, NOT_FOUND, CAPACITY, QUOTA, AUTH, CONFIG, UNKNOWN -> failure;
        };
    boolean settled = status >= 400 && status < 500 && status != 408;
    return settled ? CallFailedException.refused(told) : CallFailedException.uncertain(told);
  }

  private static JsonNode errorOf(String body) {
    try {
      return MAPPER.readTree(body.isBlank() ? "{}" : body).path("error");
    } catch (JacksonException _) {
      return MAPPER.createObjectNode();
    }
  }

  private static CloudFailure held(CloudFailure failure, @Nullable String retryAfter) {
    if (retryAfter == null || !retryAfter.matches("\\d{1,6}")) {
      return failure;
    }
    return new CloudFailure(
        failure.cause(),
        failure.message(),
        FailureScope.ALL,
        failure.code(),
        Duration.ofSeconds(Long.parseLong(retryAfter)));
  }

  private static CloudFailure worded(CloudFailure failure, String message) {
    return new CloudFailure(
        failure.cause(), message, failure.scope(), failure.code(), failure.hold());
  }

  private static <E extends Throwable> @Nullable E cause(Throwable error, Class<E> type) {
    for (Throwable each = error; each != null; each = each.getCause()) {
      if (type.isInstance(each)) {
        return type.cast(each);
      }
    }
    return null;
  }

  private static String text(Throwable error) {
    StringBuilder text = new StringBuilder();
    for (Throwable each = error; each != null; each = each.getCause()) {
      text.append(text.isEmpty() ? "" : ": ").append(each.getMessage());
    }
    return shortened(text.toString());
  }

  private static String shortened(String text) {
    return text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) : text;
  }
}
