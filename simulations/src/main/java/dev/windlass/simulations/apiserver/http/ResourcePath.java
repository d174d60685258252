package dev.windlass.simulations.apiserver.http;

import java.util.List;
import java.util.Optional;

/**
 * A path below {@code /api/v1} or {@code /apis/GROUP/VERSION}, taken apart; absent parts are empty.
 */
record ResourcePath(
    String group,
    String version,
    String namespace,
    String plural,
    String name,
    String subresource,
    boolean oldWatch) {
  private static final List<String> OF_NAMESPACES = List.of("status", "finalize");

  /** Takes a path apart; empty when it names no resource. */
  static Optional<ResourcePath> parse(String path) {
    List<String> parts = List.of(path.substring(1).split("/", -1));
    boolean core = parts.getFirst().equals("api");
    int start = core ? 2 : 3;
    if ((!core && !parts.getFirst().equals("apis"))
        || parts.size() <= start
        || parts.contains("")) {
      return Optional.empty();
    }
    String group = core ? "" : parts.get(1);
    String version = parts.get(start - 1);
    List<String> rest = parts.subList(start, parts.size());
    boolean watch = rest.getFirst().equals("watch") && rest.size() > 1;
    if (watch) {
      rest = rest.subList(1, rest.size());
    }
    String namespace = "";
    boolean inside =
        rest.getFirst().equals("namespaces")
            && rest.size() > 2
            && !(core && rest.size() == 3 && OF_NAMESPACES.contains(rest.get(2)));
    if (inside) {
      namespace = rest.get(1);
      rest = rest.subList(2, rest.size());
    }
    return rest.size() > 3
        ? Optional.empty()
        : Optional.of(
            new ResourcePath(
                group,
                version,
                namespace,
                rest.getFirst(),
                rest.size() > 1 ? rest.get(1) : "",
                rest.size() > 2 ? rest.get(2) : "",
                watch));
  }
}
