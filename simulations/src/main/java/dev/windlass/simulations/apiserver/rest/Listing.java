package dev.windlass.simulations.apiserver.rest;

import dev.windlass.simulations.apiserver.model.ApiFailure;
import dev.windlass.simulations.apiserver.model.Cause;
import dev.windlass.simulations.apiserver.model.ResourceType;
import dev.windlass.simulations.apiserver.selector.FieldSelector;
import dev.windlass.simulations.apiserver.selector.LabelSelectorParser;
import dev.windlass.simulations.apiserver.selector.Selection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The parameters of a list or a watch. */
public record Listing(
    Selection selection,
    String version,
    String match,
    long limit,
    String token,
    boolean watch,
    boolean bookmarks,
    boolean initialEvents,
    boolean listFirst,
    long timeoutSeconds) {
  private static final List<String> MATCHES = List.of("", "Exact", "NotOlderThan");

  /** Reads the parameters and refuses what does not go together. */
  public static Listing read(ResourceType type, String namespace, Map<String, String> query) {
    String watch = query.getOrDefault("watch", "");
    String initial = query.getOrDefault("sendInitialEvents", "");
    Listing listing =
        new Listing(
            new Selection(
                namespace,
                LabelSelectorParser.parse(query.getOrDefault("labelSelector", "")),
                FieldSelector.parse(query.getOrDefault("fieldSelector", ""), type)),
            query.getOrDefault("resourceVersion", ""),
            query.getOrDefault("resourceVersionMatch", ""),
            number(query.getOrDefault("limit", "")),
            query.getOrDefault("continue", ""),
            isTrue(watch),
            isTrue(query.getOrDefault("allowWatchBookmarks", "")),
            isTrue(initial),
            initial.isEmpty() || isTrue(initial),
            number(query.getOrDefault("timeoutSeconds", "")));
    listing.check(!initial.isEmpty());
    return listing;
  }

  private static boolean isTrue(String text) {
    return !text.isEmpty() && !text.equals("false") && !text.equals("0");
  }

  private static long number(String text) {
    try {
      return text.isEmpty() ? 0 : Long.parseLong(text);
    } catch (NumberFormatException _) {
      throw ApiFailure.badRequest("strconv.ParseInt: parsing \"" + text + "\": invalid syntax");
    }
  }

  private void check(boolean initialGiven) {
    List<Cause> causes = new ArrayList<>();
    String field = "resourceVersionMatch";
    if (watch) {
      if (initialGiven && !match.equals("NotOlderThan")) {
        causes.add(
            Cause.forbidden(
                field, "sendInitialEvents requires setting resourceVersionMatch to NotOlderThan"));
      }
      if (!initialGiven && !match.isEmpty()) {
        causes.add(
            Cause.forbidden(
                field,
                "resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided"));
      }
    } else {
      if (initialGiven) {
        causes.add(Cause.forbidden("sendInitialEvents", "sendInitialEvents is forbidden for list"));
      }
      if (!match.isEmpty() && version.isEmpty()) {
        causes.add(
            Cause.forbidden(
                field, "resourceVersionMatch is forbidden unless resourceVersion is provided"));
      }
      if (match.equals("Exact") && version.equals("0")) {
        causes.add(
            Cause.forbidden(
                field, "resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\""));
      }
      if (!MATCHES.contains(match)) {
        causes.add(Cause.unsupported(field, match, "Exact", "NotOlderThan", ""));
      }
    }
    WriteOptions.refuse("ListOptions", causes);
    if (!token.isEmpty() && !version.isEmpty() && !version.equals("0") && !watch) {
      throw ApiFailure.badRequest("specifying resource version is not allowed when using continue");
    }
  }

  /** The version as a number, or 0 when there is none; nonsense is a 400. */
  long versionNumber() {
    try {
      return version.isEmpty() ? 0 : parse(version);
    } catch (NumberFormatException _) {
      throw ApiFailure.badRequest("invalid resource version: " + nonsense(version));
    }
  }

  /** As {@link #versionNumber()}, but nonsense is a 500, as watches have it. */
  public long watchVersion() {
    return serverVersion(version);
  }

  static long serverVersion(String version) {
    try {
      return version.isEmpty() ? 0 : parse(version);
    } catch (NumberFormatException _) {
      throw ApiFailure.internal(nonsense(version));
    }
  }

  private static long parse(String version) {
    long parsed = Long.parseUnsignedLong(version);
    if (version.startsWith("+") || parsed < 0) {
      throw new NumberFormatException(version);
    }
    return parsed;
  }

  private static String nonsense(String version) {
    return "resourceVersion: Invalid value: \""
        + version
        + "\": strconv.ParseUint: parsing \""
        + version
        + "\": invalid syntax";
  }
}
