package dev.windlass.daemon.cel;

import java.util.AbstractMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Names by domain. A domain that is not there is empty, so that only a missing name is an error.
 */
final class DomainMap extends AbstractMap<String, Map<String, Object>> {
  private final Map<String, Map<String, Object>> domains = new TreeMap<>();

  void put(String domain, String name, Object value) {
    domains.computeIfAbsent(domain, _ -> new HashMap<>()).put(name, value);
  }

  /** Whether the domain is really there. */
  boolean has(@Nullable Object domain) {
    return domain instanceof String name && domains.containsKey(name);
  }

  @Override
  public boolean containsKey(@Nullable Object domain) {
    return domain instanceof String;
  }

  @Override
  public Map<String, Object> get(@Nullable Object domain) {
    Map<String, Object> known = domain instanceof String name ? domains.get(name) : null;
    return known == null ? Map.of() : known;
  }

  @Override
  public Set<Entry<String, Map<String, Object>>> entrySet() {
    return domains.entrySet();
  }
}
