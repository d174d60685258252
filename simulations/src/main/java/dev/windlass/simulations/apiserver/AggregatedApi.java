package dev.windlass.simulations.apiserver;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * An API that somebody else answers behind the same address, such as {@code metrics.k8s.io}. Read
 * only.
 */
public interface AggregatedApi {
  /** A resource as discovery names it. */
  record Resource(String plural, String kind, boolean namespaced) {}

  /** Group and version, such as {@code metrics.k8s.io/v1beta1}. */
  String groupVersion();

  /** What discovery tells of it. */
  List<Resource> resources();

  /**
   * Answers a GET. The path is what follows group and version, without a slash at its front, such
   * as {@code namespaces/default/pods/p}; parameters are decoded. Empty: 404.
   */
  Optional<JsonNode> get(String path, Map<String, String> query);
}
