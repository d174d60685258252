package dev.windlass.provider.testkit.aws;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One request of the AWS Query protocol as it was received.
 *
 * @param service the service, from the credential scope of its signature: {@code autoscaling}
 * @param action the API's method
 * @param parameters its flattened parameters, such as {@code AutoScalingGroupNames.member.1}
 */
public record AwsRequest(String service, String action, Map<String, String> parameters) {
  public AwsRequest {
    parameters = Map.copyOf(parameters);
  }

  static AwsRequest parse(String service, String form) {
    Map<String, String> parameters = new TreeMap<>();
    for (String pair : form.split("&")) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        parameters.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
      }
    }
    return new AwsRequest(service, parameters.getOrDefault("Action", ""), parameters);
  }

  /** The name of the permission that this request needs. */
  public String permission() {
    return service + ":" + action;
  }

  /** One parameter. */
  public Optional<String> parameter(String name) {
    return Optional.ofNullable(parameters.get(name));
  }

  /** The values of a list, whose members are numbered from one, until a number is missing. */
  List<String> list(String prefix) {
    List<String> values = new ArrayList<>();
    for (int i = 1; parameters.containsKey(prefix + i); i++) {
      values.add(parameters.getOrDefault(prefix + i, ""));
    }
    return values;
  }

  /** The place that a page begins at, from its token. */
  int offset() {
    return parameter("NextToken").map(Integer::parseInt).orElse(0);
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
