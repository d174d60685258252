package dev.windlass.provider.azure;

import dev.windlass.core.model.CloudFailure;
import dev.windlass.core.model.CloudFailure.Cause;
import dev.windlass.provider.spi.CloudOutcome;
import dev.windlass.provider.spi.Progress;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How far a long-running operation is, from its document. */
final class Handles {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private Handles() {}

  static CloudOutcome<Progress> poll(ArmCalls calls, String handle, Scopes scopes) {
    if (!handle.startsWith("/subscriptions/")) {
      return new CloudOutcome.Failed<>(
          new CloudFailure(Cause.CONFIG, "'" + handle + "' is no operation of Azure"));
    }
    ArmCalls.Operation answer;
    try {
      answer = calls.operation(handle);
    } catch (RuntimeException error) {
      return new CloudOutcome.Failed<>(ArmErrors.ofRead(error));
    }
    if (answer.status() == 404) {
      return new CloudOutcome.Done<>(new Progress.Forgotten());
    }
    try {
      JsonNode document = JSON.readTree(answer.body());
      return answer.status() < 300
          ? new CloudOutcome.Done<>(progress(document, scopes))
          : new CloudOutcome.Failed<>(
              ErrorTable.failure(error(answer.status(), document), Scopes.NOTHING_KNOWN));
    } catch (JacksonException unreadable) {
      return new CloudOutcome.Failed<>(
          new CloudFailure(
              Cause.UNKNOWN, "an answer that cannot be read, status " + answer.status()));
    }
  }

  private static Progress progress(JsonNode document, Scopes scopes) {
    return switch (document.path("status").asString("")) {
      case "Succeeded" -> new Progress.Succeeded();
      case "Failed", "Canceled" ->
          new Progress.Failed(ErrorTable.failure(error(0, document), scopes));
      default -> new Progress.Running();
    };
  }

  private static ArmAnswer error(int status, JsonNode document) {
    JsonNode error = document.path("error");
    return new ArmAnswer(
        status, error.path("code").asString(""), error.path("message").asString(""), null);
  }
}
