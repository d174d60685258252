package dev.windlass.provider.testkit.aws;

import dev.windlass.provider.testkit.Journal;
import dev.windlass.provider.testkit.Protocol.Incoming;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One request, whichever of AWS's protocols it came in.
 *
 * @param service the service, from the credential scope of its signature: {@code autoscaling}
 * @param action the API's method
 * @param parameters its flattened parameters, such as {@code AutoScalingGroupNames.member.1}
 */
record AwsRequest(String service, String action, Map<String, String> parameters) {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Set<String> WRITES =
      Set.of(
          "SetDesiredCapacity",
          "LaunchInstances",
          "TerminateInstanceInAutoScalingGroup",
          "DeleteMessage");

  AwsRequest {
    parameters = Map.copyOf(parameters);
  }

  static AwsRequest of(Incoming incoming) {
    String target = incoming.headers().getFirst("X-Amz-Target");
    String service = service(incoming.headers().getFirst("Authorization"));
    if (target != null) {
      return new AwsRequest(
          service, target.substring(target.indexOf('.') + 1), members(incoming.body()));
    }
    if (service.equals("eks")) {
      String[] path = incoming.uri().getPath().split("/");
      boolean isOne = path.length == 5 && path[3].equals("node-groups");
      return isOne
          ? new AwsRequest(
              service, "DescribeNodegroup", Map.of("cluster", path[2], "nodegroup", path[4]))
          : new AwsRequest(service, incoming.verb() + incoming.uri().getPath(), Map.of());
    }
    Map<String, String> parameters = form(incoming.body());
    return new AwsRequest(service, parameters.getOrDefault("Action", ""), parameters);
  }

  /** The service that a request is signed for: {@code Credential=KEY/DATE/REGION/SERVICE/…}. */
  private static String service(String signature) {
    String[] scope = signature == null ? new String[0] : signature.split("/");
    return scope.length > 3 ? scope[3] : "sts";
  }

  private static Map<String, String> form(String body) {
    Map<String, String> parameters = new TreeMap<>();
    for (String pair : body.split("&")) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        parameters.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
      }
    }
    return parameters;
  }

  private static Map<String, String> members(String body) {
    Map<String, String> parameters = new TreeMap<>();
    try {
      for (Map.Entry<String, JsonNode> member : JSON.readTree(body).properties()) {
        JsonNode value = member.getValue();
        parameters.put(member.getKey(), value.isString() ? value.stringValue() : value.toString());
      }
    } catch (JacksonException _) {
      parameters.clear();
    }
    return parameters;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  Journal.Request journalled(String group) {
    String zone = text("AvailabilityZones.member.1");
    return new Journal.Request(
        action, service + ":" + action, group, zone, WRITES.contains(action), parameters);
  }

  /** One parameter; empty when it is absent. */
  String text(String name) {
    return parameters.getOrDefault(name, "");
  }

  /** A parameter that is a number; throws the service's refusal for what is none. */
  int number(String name, int usual) {
    try {
      return Optional.ofNullable(parameters.get(name)).map(Integer::parseInt).orElse(usual);
    } catch (NumberFormatException _) {
      throw RefusedException.validation(name + " is no number");
    }
  }

  /** The values of a list, whose members are numbered from one, until a number is missing. */
  List<String> list(String prefix) {
    List<String> values = new ArrayList<>();
    for (int i = 1; parameters.containsKey(prefix + i); i++) {
      values.add(parameters.getOrDefault(prefix + i, ""));
    }
    return values;
  }

  /**
   * The filters of a request of EC2 ({@code Filter.}) or Auto Scaling ({@code Filters.member.}).
   */
  Map<String, List<String>> filters(String prefix, String valuePrefix) {
    Map<String, List<String>> filters = new TreeMap<>();
    for (int i = 1; parameters.containsKey(prefix + i + ".Name"); i++) {
      filters.put(text(prefix + i + ".Name"), list(prefix + i + valuePrefix));
    }
    return filters;
  }

  /** One page of all items: the token is the place that it begins at. */
  <T> Page<T> page(List<T> all, int size) {
    int from = Math.min(all.size(), number("NextToken", 0));
    int end = Math.min(all.size(), from + size);
    return new Page<>(all.subList(from, end), end == all.size() ? "" : "" + end);
  }

  /**
   * A page.
   *
   * @param items what is on it
   * @param next the token of the next, or empty
   */
  record Page<T>(List<T> items, String next) {
    String token(String element) {
      return next.isEmpty() ? "" : Xml.element(element, next);
    }
  }
}
