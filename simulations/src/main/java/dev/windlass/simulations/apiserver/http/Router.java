package dev.windlass.simulations.apiserver.http;

import dev.windlass.simulations.apiserver.AggregatedApi;
import dev.windlass.simulations.apiserver.access.Access;
import dev.windlass.simulations.apiserver.access.User;
import dev.windlass.simulations.apiserver.model.ApiFailure;
import dev.windlass.simulations.apiserver.model.Json;
import dev.windlass.simulations.apiserver.model.ResourceType;
import dev.windlass.simulations.apiserver.rest.Target;
import dev.windlass.simulations.apiserver.rest.Types;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Finds what a request is for, asks the gate, and hands it on. */
public final class Router {
  private static final Set<String> HEALTH = Set.of("/healthz", "/livez", "/readyz");
  private static final Pattern ONE_NAME = Pattern.compile("(?:^|,)metadata\\.name==?([^,]+)");
  private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "PATCH", "DELETE");
  private final Backend backend;
  private final Gate gate;
  private final Discovery discovery;
  private final Reviews reviews;
  private final ResourceEndpoint objects;
  private final SubresourceEndpoint subresources;
  private final List<AggregatedApi> aggregated;

  public Router(Backend backend, List<AggregatedApi> aggregated, BooleanSupplier stopped) {
    this.backend = backend;
    this.aggregated = List.copyOf(aggregated);
    gate = new Gate(backend);
    discovery = new Discovery(backend.types(), this.aggregated);
    reviews = new Reviews(backend);
    objects = new ResourceEndpoint(backend, stopped);
    subresources = new SubresourceEndpoint(backend, objects);
  }

  Reply route(Request request) {
    User user = gate.authenticate(request);
    Optional<ResourcePath> path = ResourcePath.parse(request.path());
    return path.isPresent() ? resource(user, path.get(), request) : plain(user, request);
  }

  // ---- paths that are no resources

  private Reply plain(User user, Request request) {
    String path = request.path();
    String shortPath =
        path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    gate.require(
        user,
        Access.path(
            request.method().equals("GET") ? "get" : request.method().toLowerCase(Locale.ROOT),
            path));
    if (HEALTH.stream().anyMatch(shortPath::startsWith)) {
      boolean verbose = request.query().containsKey("verbose");
      return Reply.text(
          200,
          verbose ? "[+]ping ok\n[+]etcd ok\n" + shortPath.substring(1) + " check passed" : "ok");
    }
    List<String> parts = List.of(shortPath.substring(1).split("/"));
    Optional<ObjectNode> found =
        switch (shortPath) {
          case "/version" -> Optional.of(version());
          case "/api" -> Optional.of(discovery.coreVersions());
          case "/apis" -> Optional.of(discovery.groupList());
          case "/" -> Optional.of(paths());
          default -> below(parts);
        };
    if (found.isPresent()) {
      return Reply.json(200, found.get());
    }
    boolean own =
        parts.size() > 1 && (parts.getFirst().equals("api") || Types.isBuiltInGroup(parts.get(1)));
    if (own) {
      throw ApiFailure.noSuchResource();
    }
    return Reply.noPage();
  }

  private Optional<ObjectNode> below(List<String> parts) {
    if (parts.getFirst().equals("api") && parts.size() == 2) {
      return discovery.resources("", parts.get(1));
    }
    if (!parts.getFirst().equals("apis")) {
      return Optional.empty();
    }
    return switch (parts.size()) {
      case 2 -> discovery.group(parts.get(1));
      case 3 -> discovery.resources(parts.get(1), parts.get(2));
      default -> Optional.empty();
    };
  }

  private static ObjectNode version() {
    return Json.object()
        .put("major", "1")
        .put("minor", "36")
        .put("gitVersion", "v1.36.1")
        .put("platform", "embedded");
  }

  private static ObjectNode paths() {
    ObjectNode index = Json.object();
    List.of("/api", "/api/v1", "/apis", "/healthz", "/livez", "/readyz", "/version")
        .forEach(Json.list(index, "paths")::add);
    return index;
  }

  // ---- resources

  private Reply resource(User user, ResourcePath path, Request request) {
    if (!METHODS.contains(request.method())) {
      throw ApiFailure.methodNotAllowed();
    }
    gate.require(user, access(path, request));
    Optional<AggregatedApi> api =
        aggregated.stream()
            .filter(a -> a.groupVersion().equals(path.group() + "/" + path.version()))
            .findFirst();
    if (api.isPresent()) {
      return aggregated(api.get(), request);
    }
    Optional<ResourceType> type = backend.types().find(path.group(), path.version(), path.plural());
    if (type.isEmpty()) {
      if (path.group().isEmpty() || Types.isBuiltInGroup(path.group())) {
        throw ApiFailure.noSuchResource();
      }
      return Reply.noPage();
    }
    return handle(user, type.get(), path, request);
  }

  private Reply handle(User user, ResourceType type, ResourcePath path, Request request) {
    boolean wrongScope = !type.namespaced() && !path.namespace().isEmpty();
    boolean alone = type.namespaced() && path.namespace().isEmpty() && !path.name().isEmpty();
    boolean noPart =
        !path.subresource().isEmpty() && !type.subresources().contains(path.subresource());
    if (wrongScope || alone || noPart) {
      throw ApiFailure.noSuchResource();
    }
    Target target = new Target(type, path.namespace(), path.name(), path.subresource());
    if (Discovery.isCreateOnly(type)) {
      return createOnly(user, target, request);
    }
    if (path.oldWatch()) {
      return objects.oldWatch(target, request);
    }
    if (!path.subresource().isEmpty()) {
      return subresources.handle(target, request);
    }
    return path.name().isEmpty() ? collection(target, request) : object(target, request);
  }

  private Reply createOnly(User user, Target target, Request request) {
    if (!request.method().equals("POST")) {
      throw ApiFailure.methodNotAllowed();
    }
    if (target.type().is("", "bindings")) {
      JsonNode body = Json.parse(request.body());
      ResourceType pods = backend.types().builtIn("", "pods");
      String name = Json.string(body, "metadata", "name");
      return subresources.handle(new Target(pods, target.namespace(), name, "binding"), request);
    }
    return reviews.answer(target.type(), user, request);
  }

  private Reply collection(Target target, Request request) {
    boolean everywhere = target.type().namespaced() && target.namespace().isEmpty();
    return switch (request.method()) {
      case "GET" -> objects.list(target, request);
      case "POST" -> {
        if (everywhere) {
          throw ApiFailure.methodNotAllowed();
        }
        yield objects.create(target, request);
      }
      case "DELETE" -> {
        if (everywhere || target.type().isNamespace()) {
          throw ApiFailure.methodNotAllowed();
        }
        yield objects.deleteCollection(target, request);
      }
      default -> throw ApiFailure.methodNotAllowed();
    };
  }

  private Reply object(Target target, Request request) {
    return switch (request.method()) {
      case "GET" -> objects.get(target, request);
      case "PUT" -> objects.replace(target, request);
      case "PATCH" -> objects.patch(target, request);
      case "DELETE" -> objects.delete(target, request);
      default -> throw ApiFailure.methodNotAllowed();
    };
  }

  private static Reply aggregated(AggregatedApi api, Request request) {
    if (!request.method().equals("GET")) {
      throw ApiFailure.methodNotAllowed();
    }
    String prefix = "/apis/" + api.groupVersion() + "/";
    return api.get(request.path().substring(prefix.length()), request.query())
        .<Reply>map(body -> Reply.json(200, body))
        .orElseThrow(ApiFailure::noSuchResource);
  }

  private static Access access(ResourcePath path, Request request) {
    boolean one = !path.name().isEmpty();
    String watch = request.parameter("watch");
    boolean watching =
        path.oldWatch() || (!watch.isEmpty() && !watch.equals("false") && !watch.equals("0"));
    String verb =
        switch (request.method()) {
          case "POST" -> "create";
          case "PUT" -> "update";
          case "PATCH" -> "patch";
          case "DELETE" -> one ? "delete" : "deletecollection";
          default -> one && !path.oldWatch() ? "get" : watching ? "watch" : "list";
        };
    boolean namespace = path.group().isEmpty() && path.plural().equals("namespaces");
    return new Access(
        verb,
        path.group(),
        path.plural(),
        path.subresource(),
        namespace ? path.name() : path.namespace(),
        one ? path.name() : wantedName(request),
        "");
  }

  /** The one name that a list is limited to; a right to that name is enough for it. */
  private static String wantedName(Request request) {
    Matcher name = ONE_NAME.matcher(request.parameter("fieldSelector"));
    return name.find() ? name.group(1) : "";
  }
}
