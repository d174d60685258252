package dev.windlass.simulations.apiserver.rest;

import dev.windlass.simulations.apiserver.access.Tokens;
import dev.windlass.simulations.apiserver.access.User;
import dev.windlass.simulations.apiserver.model.ApiFailure;
import dev.windlass.simulations.apiserver.model.Cause;
import dev.windlass.simulations.apiserver.model.Json;
import dev.windlass.simulations.apiserver.store.ObjectStore;
import dev.windlass.simulations.apiserver.store.StoredObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Makes tokens for service accounts. */
public final class Accounts {
  private static final long DEFAULT_SECONDS = 3600;
  private static final long MIN_SECONDS = 600;
  private final ObjectStore store;
  private final Tokens tokens;
  private final ServerClock clock;

  public Accounts(ObjectStore store, Tokens tokens, ServerClock clock) {
    this.store = store;
    this.tokens = tokens;
    this.clock = clock;
  }

  /** Answers a TokenRequest for the account that is the target. */
  public ObjectNode token(Target target, byte[] body) {
    StoredObject account =
        store
            .get(target.type(), target.key())
            .orElseThrow(() -> ApiFailure.notFound(target.type(), target.name()));
    ObjectNode request = BodyDecoder.parse(body, false);
    long seconds = Json.integer(request, DEFAULT_SECONDS, "spec", "expirationSeconds");
    if (seconds < MIN_SECONDS) {
      throw ApiFailure.invalid(
          "TokenRequest",
          "authentication.k8s.io",
          "",
          List.of(
              Cause.invalid(
                  "spec.expirationSeconds",
                  Long.toString(seconds),
                  "may not specify a duration less than 10 minutes")));
    }
    List<String> audiences = new ArrayList<>();
    Json.at(request, "spec", "audiences").forEach(one -> audiences.add(one.asString()));
    Instant now = clock.instant();
    Instant expires = now.plusSeconds(seconds);
    String token =
        tokens.mint(
            User.account(target.namespace(), target.name(), account.uid()),
            audiences,
            now,
            expires);
    ObjectNode answer =
        Json.object().put("kind", "TokenRequest").put("apiVersion", "authentication.k8s.io/v1");
    answer
        .putObject("metadata")
        .put("name", target.name())
        .put("namespace", target.namespace())
        .put("uid", account.uid())
        .put("creationTimestamp", clock.now());
    ObjectNode spec = answer.putObject("spec");
    audiences.forEach(Json.list(spec, "audiences")::add);
    spec.put("expirationSeconds", seconds);
    spec.putNull("boundObjectRef");
    answer
        .putObject("status")
        .put("token", token)
        .put("expirationTimestamp", expires.truncatedTo(ChronoUnit.SECONDS).toString());
    return answer;
  }
}
