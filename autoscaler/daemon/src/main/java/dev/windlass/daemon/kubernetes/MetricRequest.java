package dev.windlass.daemon.kubernetes;

import dev.windlass.core.model.LabelSelector;
import dev.windlass.core.model.MetricSpec;
import dev.windlass.core.model.Requirement;
import dev.windlass.core.model.ScaleTarget;
import dev.windlass.core.model.TargetRef;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a metric asks a metrics API.
 *
 * @param api whom to ask
 * @param path what follows the API's group and version, with its query
 */
record MetricRequest(Api api, String path) {
  /** The three metrics APIs of Kubernetes. */
  enum Api {
    RESOURCE("metrics.k8s.io"),
    CUSTOM("custom.metrics.k8s.io"),
    EXTERNAL("external.metrics.k8s.io");

    private final String group;

    Api(String group) {
      this.group = group;
    }

    String group() {
      return group;
    }

    /** The versions that are understood, the preferred one first. */
    List<String> versions() {
      return this == CUSTOM ? List.of("v1beta2", "v1beta1") : List.of("v1beta1");
    }
  }

  /**
   * The question that a metric asks a metrics API, or null when its target has no pods to ask for,
   * or when it has a source of another kind.
   *
   * @param target what the scaler scales, or null while it is not known
   */
  static @Nullable MetricRequest of(
      String namespace, MetricSpec metric, @Nullable ScaleTarget target) {
    LabelSelector pods = target == null ? null : target.selector();
    String base = "namespaces/" + namespace + "/";
    return switch (metric) {
      case MetricSpec.Prometheus _, MetricSpec.Scraped _ -> null;
      case MetricSpec.Resource _, MetricSpec.ContainerResource _ ->
          pods == null ? null : ofPods(base, pods);
      case MetricSpec.Pods custom ->
          pods == null
              ? null
              : new MetricRequest(
                  Api.CUSTOM,
                  base
                      + "pods/*/"
                      + custom.name()
                      + query(
                          named("labelSelector", pods, "metricLabelSelector", custom.selector())));
      case MetricSpec.OfObject custom ->
          new MetricRequest(
              Api.CUSTOM,
              base
                  + described(custom.describedObject())
                  + custom.name()
                  + query(Map.of("metricLabelSelector", text(custom.selector()))));
      case MetricSpec.External external ->
          new MetricRequest(
              Api.EXTERNAL,
              base
                  + external.name()
                  + query(
                      Map.of(
                          "labelSelector",
                          external.selector() == null ? "" : text(external.selector()))));
    };
  }

  private static MetricRequest ofPods(String base, LabelSelector pods) {
    return new MetricRequest(
        Api.RESOURCE, base + "pods" + query(Map.of("labelSelector", text(pods))));
  }

  private static Map<String, String> named(
      String first, LabelSelector one, String second, LabelSelector other) {
    return new TreeMap<>(Map.of(first, text(one), second, text(other)));
  }

  /** {@code deployments.apps/NAME/}; a namespace describes itself. */
  private static String described(TargetRef object) {
    if (object.kind().equals("Namespace")) {
      return "metrics/";
    }
    int slash = object.apiVersion().indexOf('/');
    String group = slash < 0 ? "" : "." + object.apiVersion().substring(0, slash);
    return plural(object.kind()) + group + "/" + object.key().name() + "/";
  }

  private static String plural(String kind) {
    String lower = kind.toLowerCase(Locale.ROOT);
    if (lower.endsWith("ss") || lower.endsWith("ch")) {
      return lower + "es";
    }
    return lower.endsWith("y") ? lower.substring(0, lower.length() - 1) + "ies" : lower + "s";
  }

  private static String query(Map<String, String> parameters) {
    StringBuilder query = new StringBuilder();
    parameters.forEach((name, value) -> {
      if (!value.isEmpty()) {
        query
            .append(query.isEmpty() ? '?' : '&')
            .append(name)
            .append('=')
            .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
      }
    });
    return query.toString();
  }

  /** A selector as the API's query parameters write it, in the order of the keys. */
  static String text(LabelSelector selector) {
    List<String> parts = new ArrayList<>();
    new TreeMap<>(selector.matchLabels()).forEach((key, value) -> parts.add(key + "=" + value));
    selector.expressions().forEach(each -> parts.add(text(each)));
    return String.join(",", parts);
  }

  private static String text(Requirement requirement) {
    String values = String.join(",", new TreeSet<>(requirement.values()));
    return switch (requirement.operator()) {
      case IN -> requirement.key() + " in (" + values + ")";
      case NOT_IN -> requirement.key() + " notin (" + values + ")";
      case EXISTS -> requirement.key();
      case DOES_NOT_EXIST -> "!" + requirement.key();
      case GREATER -> requirement.key() + ">" + values;
      case LESS -> requirement.key() + "<" + values;
    };
  }
}
