package dev.windlass.simulations.apiserver.http;

import dev.windlass.simulations.apiserver.access.Access;
import dev.windlass.simulations.apiserver.access.User;
import dev.windlass.simulations.apiserver.model.ApiFailure;
import dev.windlass.simulations.apiserver.model.Json;
import java.util.ArrayList;
import java.util.List;

/** Who a request is from, and whether it may be done. */
final class Gate {
  private static final String BEARER = "Bearer ";
  private final Backend backend;

  Gate(Backend backend) {
    this.backend = backend;
  }

  /** The user of a request; a token that nobody knows is a 401. */
  User authenticate(Request request) {
    User user = bearer(request.header("authorization"));
    String other = request.header("impersonate-user");
    if (other.isEmpty() && !request.header("impersonate-group").isEmpty()) {
      throw ApiFailure.badRequest("requested impersonation of groups without impersonating a user");
    }
    if (other.isEmpty()) {
      return user;
    }
    require(user, new Access("impersonate", "", "users", "", "", other, ""));
    List<String> groups = new ArrayList<>();
    for (String group : request.header("impersonate-group").split(",")) {
      if (!group.isBlank()) {
        require(user, new Access("impersonate", "", "groups", "", "", group.strip(), ""));
        groups.add(group.strip());
      }
    }
    groups.add(User.AUTHENTICATED);
    return new User(other, "", groups);
  }

  private User bearer(String header) {
    if (!header.startsWith(BEARER)) {
      return User.ANONYMOUS;
    }
    return backend
        .tokens()
        .find(header.substring(BEARER.length()), backend.clock().instant())
        .orElseThrow(Gate::unauthorized);
  }

  private static ApiFailure unauthorized() {
    return ApiFailure.of(401, "Unauthorized", "Unauthorized");
  }

  /** A 403 unless roles allow it. */
  void require(User user, Access access) {
    if (backend.rbac().allows(user, access).isPresent()) {
      return;
    }
    String refusal = access.refusal(user);
    if (!access.isResource()) {
      throw ApiFailure.of(403, "Forbidden", "forbidden: " + refusal).details(Json.object());
    }
    String what =
        access.combined()
            + (access.group().isEmpty() ? "" : "." + access.group())
            + (access.name().isEmpty() ? "" : " \"" + access.name() + "\"");
    throw ApiFailure.of(403, "Forbidden", what + " is forbidden: " + refusal)
        .about(access.name(), access.group(), access.resource());
  }
}
