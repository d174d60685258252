package dev.windlass.provider.simulated;

import dev.windlass.core.model.CloudFailure;
import dev.windlass.core.model.CloudFailure.Cause;
import dev.windlass.provider.spi.CloudOutcome;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** One request, one honest outcome: a change without an answer is unknown, never failed. */
final class Exchange implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final HttpClient client;

  Exchange(Duration timeout) {
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(timeout)
            .build();
  }

  HttpRequest.BodyPublisher body(Object body) {
    return HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body));
  }

  /** A call that changes nothing: without an answer it has failed. */
  <B, T> CloudOutcome<T> read(HttpRequest request, Class<B> type, Function<B, T> value) {
    return switch (this.<B, T>send(request, type, value)) {
      case CloudOutcome.Unknown<T> unknown -> unavailable(unknown.message());
      case CloudOutcome<T> answer -> answer;
    };
  }

  /** A call that changes something. */
  <B, T> CloudOutcome<T> change(HttpRequest request, Class<B> type, Function<B, T> value) {
    return send(request, type, value);
  }

  private <B, T> CloudOutcome<T> send(HttpRequest request, Class<B> type, Function<B, T> value) {
    try {
      return outcome(client.send(request, HttpResponse.BodyHandlers.ofByteArray()), type, value);
    } catch (ConnectException | HttpConnectTimeoutException unreachable) {
      return unavailable("the cloud cannot be reached: " + request.uri().getAuthority());
    } catch (IOException broken) {
      return new CloudOutcome.Unknown<>("no answer from the cloud: " + broken.getMessage());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return new CloudOutcome.Unknown<>("interrupted while waiting for the cloud");
    }
  }

  private static <B, T> CloudOutcome<T> outcome(
      HttpResponse<byte[]> response, Class<B> type, Function<B, T> value) {
    int status = response.statusCode();
    try {
      if (status == 200) {
        return new CloudOutcome.Done<>(value.apply(JSON.readValue(response.body(), type)));
      }
      if (status == 409) {
        return new CloudOutcome.Conflict<>(
            JSON.readValue(response.body(), CloudWire.Conflict.class).message());
      }
      return refused(
          status,
          JSON.readValue(response.body(), CloudWire.Refusal.class).toFailure(),
          response.headers().firstValueAsLong("Retry-After"));
    } catch (JacksonException | NullPointerException | NumberFormatException _) {
      return withoutBody(status);
    }
  }

  /** A server that broke down may have done it all the same. */
  private static <T> CloudOutcome<T> refused(int status, CloudFailure failure, OptionalLong after) {
    if (status >= 500 && failure.cause() == Cause.TRANSIENT) {
      return new CloudOutcome.Unknown<>(failure.message());
    }
    Duration hold = after.isPresent() ? Duration.ofSeconds(after.getAsLong()) : null;
    return new CloudOutcome.Failed<>(
        new CloudFailure(
            failure.cause(), failure.message(), failure.scope(), failure.code(), hold));
  }

  /** An answer that a gateway gave in the cloud's place, or that cannot be read. */
  private static <T> CloudOutcome<T> withoutBody(int status) {
    String message = "the cloud answered with status " + status + " and no readable body";
    return switch (status) {
      case 401 -> new CloudOutcome.Failed<>(new CloudFailure(Cause.AUTH, message));
      case 403 -> new CloudOutcome.Failed<>(new CloudFailure(Cause.PERMISSION, message));
      case 404 -> new CloudOutcome.Failed<>(new CloudFailure(Cause.NOT_FOUND, message));
      case 409 -> new CloudOutcome.Conflict<>(message);
      case 429 -> new CloudOutcome.Failed<>(new CloudFailure(Cause.THROTTLED, message));
      default -> new CloudOutcome.Unknown<>(message);
    };
  }

  private static <T> CloudOutcome<T> unavailable(String message) {
    return new CloudOutcome.Failed<>(new CloudFailure(Cause.TRANSIENT, message));
  }

  @Override
  public void close() {
    client.shutdownNow();
    client.close();
  }
}
