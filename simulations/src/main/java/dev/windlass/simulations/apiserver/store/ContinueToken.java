package dev.windlass.simulations.apiserver.store;

import dev.windlass.simulations.apiserver.model.ApiFailure;
import dev.windlass.simulations.apiserver.model.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Where the next page of a list begins: after a key, at a version (0: the newest). */
public record ContinueToken(long version, ObjectKey after) {
  private static final String FORM = "meta.k8s.io/v1";

  public String encode() {
    byte[] json =
        Json.bytes(
            Json.object()
                .put("v", FORM)
                .put("rv", version)
                .put("ns", after.namespace())
                .put("start", after.name()));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(json);
  }

  /** Reads a token; anything else is a 400. */
  public static ContinueToken decode(String text) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(text.getBytes(StandardCharsets.UTF_8));
      JsonNode node = Json.parse(bytes);
      if (!Json.string(node, "v").equals(FORM)) {
        throw bad("server does not recognize this encoded version \"\"");
      }
      return new ContinueToken(
          Json.integer(node, 0, "rv"),
          new ObjectKey(Json.string(node, "ns"), Json.string(node, "start")));
    } catch (IllegalArgumentException _) {
      throw bad("illegal base64 data at input byte 0");
    } catch (JacksonException e) {
      throw bad("invalid character: " + e.getOriginalMessage());
    }
  }

  private static ApiFailure bad(String why) {
    return ApiFailure.badRequest("invalid continue token: continue key is not valid: " + why);
  }
}
