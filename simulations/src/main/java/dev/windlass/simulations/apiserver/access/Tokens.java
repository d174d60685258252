package dev.windlass.simulations.apiserver.access;

import dev.windlass.simulations.apiserver.model.Json;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.node.ObjectNode;

/**
 * Bearer tokens and whom they stand for: the configured ones, and those made for service accounts.
 */
public final class Tokens {
  private static final int SIGNATURE_BYTES = 32;
  private final Map<String, Entry> entries = new ConcurrentHashMap<>();
  private final SecureRandom random = new SecureRandom();

  private record Entry(User user, Instant expires) {}

  /** Makes a token known for good; each user is also in the group of the authenticated. */
  public void add(String token, String name, List<String> groups) {
    List<String> all = new ArrayList<>(groups);
    if (!all.contains(User.AUTHENTICATED)) {
      all.add(User.AUTHENTICATED);
    }
    entries.put(token, new Entry(new User(name, "", all), Instant.MAX));
  }

  /** Makes a token for an account, shaped like a JSON Web Token but without a real signature. */
  public String mint(User user, List<String> audiences, Instant now, Instant expires) {
    entries.values().removeIf(entry -> entry.expires().isBefore(now));
    ObjectNode claims = Json.object().put("sub", user.name());
    claims.put("iat", now.getEpochSecond()).put("exp", expires.getEpochSecond());
    audiences.forEach(Json.list(claims, "aud")::add);
    byte[] signature = new byte[SIGNATURE_BYTES];
    random.nextBytes(signature);
    String token =
        encode("{\"alg\":\"none\",\"kid\":\"\"}".getBytes(StandardCharsets.UTF_8))
            + "."
            + encode(Json.bytes(claims))
            + "."
            + encode(signature);
    entries.put(token, new Entry(user, expires));
    return token;
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Whom a token stands for; empty when it is unknown or too old. */
  public Optional<User> find(String token, Instant now) {
    return Optional.ofNullable(entries.get(token))
        .filter(entry -> now.isBefore(entry.expires()))
        .map(Entry::user);
  }
}
