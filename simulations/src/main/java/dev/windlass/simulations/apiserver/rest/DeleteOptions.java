package dev.windlass.simulations.apiserver.rest;

import dev.windlass.simulations.apiserver.model.ApiFailure;
import dev.windlass.simulations.apiserver.model.Cause;
import dev.windlass.simulations.apiserver.model.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/** How to delete; texts are empty where nothing was asked. With a body the query is not read. */
public record DeleteOptions(
    OptionalLong graceSeconds, String uid, String version, String propagation, boolean dryRun) {
  public static final DeleteOptions PLAIN =
      new DeleteOptions(OptionalLong.empty(), "", "", "", false);
  private static final List<String> POLICIES = List.of("", "Foreground", "Background", "Orphan");

  /** Options to delete in the background, at once when {@code graceSeconds} is 0. */
  public static DeleteOptions grace(long graceSeconds) {
    return new DeleteOptions(OptionalLong.of(graceSeconds), "", "", "Background", false);
  }

  public static DeleteOptions read(byte[] body, boolean yaml, Map<String, String> query) {
    if (body.length == 0) {
      return ofQuery(query);
    }
    JsonNode options = BodyDecoder.parse(body, yaml);
    String kind = Json.string(options, "kind");
    if (!kind.isEmpty() && !kind.equals("DeleteOptions")) {
      throw ApiFailure.badRequest(
          "no kind \""
              + kind
              + "\" is registered for version \""
              + Json.string(options, "apiVersion")
              + "\"");
    }
    return of(options);
  }

  private static DeleteOptions ofQuery(Map<String, String> query) {
    String grace = query.getOrDefault("gracePeriodSeconds", "");
    OptionalLong seconds;
    try {
      seconds = grace.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(grace));
    } catch (NumberFormatException _) {
      throw ApiFailure.badRequest("strconv.ParseInt: parsing \"" + grace + "\": invalid syntax");
    }
    DeleteOptions options =
        new DeleteOptions(
            seconds,
            "",
            "",
            query.getOrDefault("propagationPolicy", ""),
            query.getOrDefault("dryRun", "").equals("All"));
    options.check("");
    return options;
  }

  /** Reads the object {@code DeleteOptions}. */
  static DeleteOptions of(JsonNode options) {
    JsonNode grace = options.path("gracePeriodSeconds");
    String policy = Json.string(options, "propagationPolicy");
    String orphan = options.path("orphanDependents").asString("");
    boolean dry = false;
    for (JsonNode one : options.path("dryRun")) {
      dry |= one.asString().equals("All");
    }
    DeleteOptions read =
        new DeleteOptions(
            grace.isIntegralNumber() ? OptionalLong.of(grace.longValue()) : OptionalLong.empty(),
            Json.string(options, "preconditions", "uid"),
            Json.string(options, "preconditions", "resourceVersion"),
            policy.isEmpty() && orphan.equals("true") ? "Orphan" : policy,
            dry);
    read.check(policy.isEmpty() ? "" : orphan);
    return read;
  }

  private void check(String orphan) {
    List<Cause> causes = new ArrayList<>();
    if (!POLICIES.contains(propagation)) {
      causes.add(
          Cause.unsupported(
              "propagationPolicy", propagation, "Foreground", "Background", "Orphan", "nil"));
    }
    if (!orphan.isEmpty()) {
      causes.add(
          Cause.quoted(
              "propagationPolicy",
              propagation,
              "orphanDependents and deletionPropagation cannot be both set"));
    }
    WriteOptions.refuse("DeleteOptions", causes);
  }
}
