package dev.windlass.simulations.apiserver.patch;

import dev.windlass.simulations.apiserver.model.ApiFailure;
import dev.windlass.simulations.apiserver.model.Json;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * RFC 6902 as the API server takes it: removing or replacing a member that is not there succeeds,
 * testing an absent member for null holds; every other failure is a 422 without a detail.
 */
public final class JsonPatch {
  private static final int MAX_OPERATIONS = 10_000;

  private JsonPatch() {}

  /** The target after all operations; the target itself is not changed. */
  public static JsonNode apply(JsonNode target, ArrayNode operations) {
    if (operations.size() > MAX_OPERATIONS) {
      throw ApiFailure.of(
          413,
          "RequestEntityTooLarge",
          "The allowed maximum operations in a JSON patch is "
              + MAX_OPERATIONS
              + ", got "
              + operations.size());
    }
    JsonNode result = target.deepCopy();
    for (JsonNode operation : operations) {
      result = step(result, operation);
    }
    return result;
  }

  private static JsonNode step(JsonNode root, JsonNode operation) {
    List<String> path = pointer(operation, "path");
    return switch (Json.string(operation, "op")) {
      case "add" -> add(root, path, value(operation));
      case "remove" -> remove(root, path);
      case "replace" -> replace(root, path, value(operation));
      case "move" -> {
        List<String> from = pointer(operation, "from");
        JsonNode moved = require(find(root, from));
        yield add(remove(root, from), path, moved);
      }
      case "copy" -> add(root, path, require(find(root, pointer(operation, "from"))).deepCopy());
      case "test" -> test(root, path, operation.path("value"));
      default -> throw refused();
    };
  }

  private static JsonNode value(JsonNode operation) {
    return require(operation.path("value")).deepCopy();
  }

  private static JsonNode test(JsonNode root, List<String> path, JsonNode wanted) {
    JsonNode found = find(root, path);
    boolean absent = found.isMissingNode() || found.isNull();
    boolean same = absent ? wanted.isNull() || wanted.isMissingNode() : found.equals(wanted);
    if (!same) {
      throw refused();
    }
    return root;
  }

  private static JsonNode add(JsonNode root, List<String> path, JsonNode value) {
    if (path.isEmpty()) {
      return value;
    }
    switch (parent(root, path)) {
      case ObjectNode object -> object.set(path.getLast(), value);
      case ArrayNode array when path.getLast().equals("-") -> array.add(value);
      case ArrayNode array -> array.insert(index(path.getLast(), array.size()), value);
      default -> throw refused();
    }
    return root;
  }

  private static JsonNode remove(JsonNode root, List<String> path) {
    if (path.isEmpty()) {
      return NullNode.getInstance();
    }
    switch (parent(root, path)) {
      case ObjectNode object -> object.remove(path.getLast());
      case ArrayNode array -> array.remove(index(path.getLast(), array.size() - 1));
      default -> throw refused();
    }
    return root;
  }

  private static JsonNode replace(JsonNode root, List<String> path, JsonNode value) {
    if (path.isEmpty()) {
      return value;
    }
    switch (parent(root, path)) {
      case ObjectNode object -> object.set(path.getLast(), value);
      case ArrayNode array -> array.set(index(path.getLast(), array.size() - 1), value);
      default -> throw refused();
    }
    return root;
  }

  private static JsonNode parent(JsonNode root, List<String> path) {
    return require(find(root, path.subList(0, path.size() - 1)));
  }

  private static JsonNode find(JsonNode root, List<String> path) {
    JsonNode here = root;
    for (String name : path) {
      here =
          here instanceof ArrayNode array ? array.path(index(name, array.size())) : here.path(name);
    }
    return here;
  }

  private static JsonNode require(JsonNode node) {
    if (node.isMissingNode()) {
      throw refused();
    }
    return node;
  }

  private static int index(String text, int max) {
    try {
      int index = Integer.parseInt(text);
      if (index < 0 || index > max) {
        throw refused();
      }
      return index;
    } catch (NumberFormatException _) {
      throw refused();
    }
  }

  private static List<String> pointer(JsonNode operation, String member) {
    JsonNode found = operation.path(member);
    if (!found.isString()) {
      throw refused();
    }
    String text = found.stringValue();
    if (text.isEmpty()) {
      return List.of();
    }
    if (text.charAt(0) != '/') {
      throw refused();
    }
    return Arrays.stream(text.substring(1).split("/", -1))
        .map(part -> part.replace("~1", "/").replace("~0", "~"))
        .toList();
  }

  private static ApiFailure refused() {
    return ApiFailure.of(
            422, "Invalid", "the server rejected our request due to an error in our request")
        .details(Json.object());
  }
}
