package dev.windlass.provider.testkit.gcp;

import dev.windlass.provider.testkit.Journal;
import dev.windlass.provider.testkit.Protocol;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A request's address, taken apart.
 *
 * @param method the API's method, such as {@code instanceGroupManagers.get}
 * @param project whose
 * @param location zone or region; empty for what has none
 * @param name of the resource, or empty
 * @param child of a resource within it, or empty
 * @param query the parameters behind the question mark
 */
record Route(
    String method,
    String project,
    Location location,
    String name,
    String child,
    Map<String, String> query) {
  private static final String MANAGERS = "instanceGroupManagers";
  private static final Set<String> POSTED_READS = Set.of("listManagedInstances", "wait");
  private static final Set<String> CHANGES =
      Set.of("createInstances", "deleteInstances", "resize", "patch", "insert", "cancel");

  Route {
    query = Map.copyOf(query);
  }

  static Route of(Protocol.Incoming request) {
    List<String> path = List.of(request.uri().getPath().substring(1).split("/"));
    Map<String, String> query = query(request.uri().getRawQuery());
    if (path.size() > 3 && path.getFirst().equals("compute")) {
      return compute(request.verb(), path.subList(3, path.size()), query);
    }
    if (path.size() == 7 && path.get(5).equals("clusters")) {
      return new Route(
          "clusters.get", path.get(2), new Location(path.get(4)), path.get(6), "", query);
    }
    boolean isPriceList = path.size() == 4 && path.get(3).equals("skus");
    return new Route(isPriceList ? "skus.list" : "", "", new Location(""), "", "", query);
  }

  /** What comes after {@code compute/v1/projects}. */
  private static Route compute(String verb, List<String> path, Map<String, String> query) {
    String project = path.getFirst();
    String scope = at(path, 1);
    if (scope.equals("aggregated")) {
      return new Route(at(path, 2) + ".aggregatedList", project, new Location(""), "", "", query);
    }
    boolean global = scope.equals("global");
    Location location = new Location(global ? "" : at(path, 2));
    List<String> rest = path.subList(Math.min(path.size(), global ? 2 : 3), path.size());
    String kind = at(rest, 0);
    if (kind.isEmpty()) {
      return new Route(scope + ".get", project, location, "", "", query);
    }
    String name = at(rest, 1);
    String third = at(rest, 2);
    if (third.equals("resizeRequests")) {
      String action = action(verb, at(rest, 3), at(rest, 4));
      String type = regional(scope, "instanceGroupManagerResizeRequests");
      return new Route(type + "." + action, project, location, name, at(rest, 3), query);
    }
    String type = kind.equals("operations") ? operations(scope) : regional(scope, kind);
    return new Route(type + "." + action(verb, name, third), project, location, name, "", query);
  }

  private static String regional(String scope, String kind) {
    return scope.equals("regions")
        ? "region" + Character.toUpperCase(kind.charAt(0)) + kind.substring(1)
        : kind;
  }

  private static String operations(String scope) {
    return switch (scope) {
      case "zones" -> "zoneOperations";
      case "regions" -> "regionOperations";
      default -> "globalOperations";
    };
  }

  private static String action(String verb, String name, String third) {
    if (!third.isEmpty()) {
      return third;
    }
    return switch (verb) {
      case "GET" -> name.isEmpty() ? "list" : "get";
      case "POST" -> "insert";
      case "PATCH" -> "patch";
      case String other -> other.toLowerCase(java.util.Locale.ROOT);
    };
  }

  /** The last part of the method. */
  String action() {
    return method.substring(method.lastIndexOf('.') + 1);
  }

  /** The resource's type, the same for zones and regions. */
  String type() {
    String type = method.substring(0, Math.max(0, method.lastIndexOf('.')));
    return type.startsWith("region") && !type.equals("regions") && !type.equals("regionOperations")
        ? Character.toLowerCase(type.charAt(6)) + type.substring(7)
        : type;
  }

  /** Whether it is about one managed group. */
  boolean isOfGroup() {
    return type().startsWith("instanceGroupManager") && !name.isEmpty();
  }

  /** The group that it is about, {@code PROJECT/LOCATION/NAME}. */
  String groupPath() {
    return project + "/" + location.name() + "/" + name;
  }

  /** What the journal notes of it. */
  Journal.Request noted(String group, Map<String, String> arguments) {
    return new Journal.Request(
        method,
        permission(),
        group,
        location.isRegion() ? "" : location.name(),
        CHANGES.contains(action()),
        arguments);
  }

  /** The permission that the API's documentation names. */
  private String permission() {
    String type = type();
    if (type.startsWith("instanceGroupManager")) {
      boolean lists = action().equals("list") || action().equals("aggregatedList");
      boolean reads = action().equals("get") || POSTED_READS.contains(action());
      String right = lists && type.equals(MANAGERS) ? "list" : lists || reads ? "get" : "update";
      return "compute." + MANAGERS + "." + right;
    }
    return switch (type) {
      case "skus", "" -> "";
      case "clusters" -> "container.clusters.get";
      case String other -> {
        String action = action().equals("aggregatedList") ? "list" : action();
        yield "compute." + other + "." + (POSTED_READS.contains(action) ? "get" : action);
      }
    };
  }

  private static Map<String, String> query(String raw) {
    Map<String, String> query = new TreeMap<>();
    if (raw != null) {
      for (String pair : raw.split("&")) {
        int equals = pair.indexOf('=');
        if (equals > 0) {
          query.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
        }
      }
    }
    return query;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private static String at(List<String> parts, int index) {
    return index < parts.size() ? parts.get(index) : "";
  }
}
