package dev.windlass.daemon.dashboard;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The parameters of a request; one that can't be read counts as absent. */
record Query(Map<String, String> parameters) {
  private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

  Query {
    parameters = Map.copyOf(parameters);
  }

  static Query parse(@Nullable String query) {
    Map<String, String> parameters = new HashMap<>();
    if (query != null) {
      for (String pair : query.split("&", -1)) {
        int equals = pair.indexOf('=');
        if (equals > 0) {
          decode(pair.substring(equals + 1))
              .ifPresent(value -> parameters.put(pair.substring(0, equals), value));
        }
      }
    }
    return new Query(parameters);
  }

  private static Optional<String> decode(String value) {
    try {
      return Optional.of(URLDecoder.decode(value, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  boolean has(String name) {
    return parameters.containsKey(name);
  }

  Optional<String> text(String name) {
    return Optional.ofNullable(parameters.get(name)).filter(value -> !value.isEmpty());
  }

  Optional<Long> number(String name) {
    return text(name).filter(value -> NUMBER.matcher(value).matches()).map(Long::valueOf);
  }

  /** The page size that is asked for, 1 to the maximum. */
  int limit(int max) {
    return Math.clamp(number("limit").orElse((long) max), 1, max);
  }

  /** A page of names; {@code continue} names the next page's start when there is one. */
  Fields page(String kind, String field, List<String> names, int max) {
    int from = (int) Math.min(number("continue").orElse(0L), names.size());
    int to = Math.min(names.size(), from + limit(max));
    Fields page =
        Fields.document(kind).put("total", names.size()).strings(field, names.subList(from, to));
    return to < names.size() ? page.put("continue", to) : page;
  }
}
