package dev.windlass.daemon.kubernetes;

import dev.windlass.core.action.Action;
import dev.windlass.core.model.CloudFailure;
import dev.windlass.engine.ActionOutcome;
import io.fabric8.kubernetes.client.KubernetesClientException;

/** What an API server's refusals and failures mean for an action. */
final class ApiAnswers {
  static final int NOT_FOUND = 404;
  static final int CONFLICT = 409;
  private static final int UNPROCESSABLE = 422;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;

  private ApiAnswers() {}

  static ActionOutcome outcome(Action action, KubernetesClientException failure) {
    String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
    return switch (failure.getCode()) {
      case NOT_FOUND, CONFLICT, UNPROCESSABLE, TOO_MANY_REQUESTS ->
          new ActionOutcome.Refused(action, message);
      case UNAUTHORIZED, FORBIDDEN -> failed(action, CloudFailure.Cause.CONFIG, message);
      default -> failed(action, CloudFailure.Cause.TRANSIENT, message);
    };
  }

  private static ActionOutcome failed(Action action, CloudFailure.Cause cause, String message) {
    return new ActionOutcome.Failed(action, new CloudFailure(cause, message));
  }
}
