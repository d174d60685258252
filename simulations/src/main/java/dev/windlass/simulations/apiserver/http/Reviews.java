package dev.windlass.simulations.apiserver.http;

import dev.windlass.simulations.apiserver.access.Access;
import dev.windlass.simulations.apiserver.access.User;
import dev.windlass.simulations.apiserver.model.ApiFailure;
import dev.windlass.simulations.apiserver.model.Cause;
import dev.windlass.simulations.apiserver.model.Json;
import dev.windlass.simulations.apiserver.model.ResourceType;
import dev.windlass.simulations.apiserver.rest.WriteOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Questions about access, which are answered and not kept. */
final class Reviews {
  private final Backend backend;

  Reviews(Backend backend) {
    this.backend = backend;
  }

  /** Answers a review of the type; the user is who asks. */
  Reply answer(ResourceType type, User user, Request request) {
    WriteOptions options =
        WriteOptions.read(request.query(), "CreateOptions", request.header("user-agent"));
    ObjectNode review = backend.decoder().body(type, request.body(), request.isYaml(), options);
    Json.child(review, "metadata");
    switch (type.kind()) {
      case "SelfSubjectAccessReview" -> access(review, user);
      case "SubjectAccessReview", "LocalSubjectAccessReview" -> access(review, asked(review));
      case "SelfSubjectRulesReview" -> rules(review, user);
      case "SelfSubjectReview" ->
          describe(Json.child(Json.child(review, "status"), "userInfo"), user);
      case "TokenReview" -> token(review);
      default -> throw ApiFailure.methodNotAllowed();
    }
    return Reply.json(201, review);
  }

  private static User asked(ObjectNode review) {
    List<String> groups = new ArrayList<>();
    Json.at(review, "spec", "groups").forEach(group -> groups.add(group.asString()));
    return new User(Json.string(review, "spec", "user"), "", groups);
  }

  private void access(ObjectNode review, User user) {
    JsonNode resource = Json.at(review, "spec", "resourceAttributes");
    JsonNode path = Json.at(review, "spec", "nonResourceAttributes");
    if (!resource.isObject() && !path.isObject()) {
      throw ApiFailure.invalid(
          Json.string(review, "kind"),
          "authorization.k8s.io",
          "",
          List.of(
              Cause.invalid(
                  "spec.resourceAttributes",
                  "null",
                  "exactly one of nonResourceAttributes or resourceAttributes must be specified")));
    }
    Access access =
        resource.isObject()
            ? new Access(
                Json.string(resource, "verb"),
                Json.string(resource, "group"),
                Json.string(resource, "resource"),
                Json.string(resource, "subresource"),
                Json.string(resource, "namespace"),
                Json.string(resource, "name"),
                "")
            : Access.path(Json.string(path, "verb"), Json.string(path, "path"));
    Optional<String> reason = backend.rbac().allows(user, access);
    ObjectNode status = review.putObject("status").put("allowed", reason.isPresent());
    reason.filter(text -> !text.isEmpty()).ifPresent(text -> status.put("reason", text));
  }

  private void rules(ObjectNode review, User user) {
    if (Json.string(review, "spec", "namespace").isEmpty()) {
      throw ApiFailure.badRequest("no namespace on request");
    }
    ObjectNode status = review.putObject("status");
    ArrayNode resources = status.putArray("resourceRules");
    ArrayNode paths = status.putArray("nonResourceRules");
    for (JsonNode rule : backend.rbac().rulesOf(user, Json.string(review, "spec", "namespace"))) {
      (rule.has("nonResourceURLs") ? paths : resources).add(rule);
    }
    status.put("incomplete", false);
  }

  private static void describe(ObjectNode into, User user) {
    into.put("username", user.name());
    user.groups().forEach(Json.list(into, "groups")::add);
  }

  private void token(ObjectNode review) {
    Optional<User> user =
        backend.tokens().find(Json.string(review, "spec", "token"), backend.clock().instant());
    ObjectNode status = review.putObject("status").put("authenticated", user.isPresent());
    user.ifPresent(found -> describe(status.putObject("user"), found));
  }
}
