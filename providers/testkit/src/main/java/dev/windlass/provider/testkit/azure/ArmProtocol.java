package dev.windlass.provider.testkit.azure;

import dev.windlass.provider.testkit.Fault;
import dev.windlass.provider.testkit.Journal;
import dev.windlass.provider.testkit.Protocol;
import dev.windlass.provider.testkit.Reply;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Resource Manager's manners: tokens, api-version, errors, rate limits. */
final class ArmProtocol implements Protocol {
  private static final Pattern SET_IN_FILTER =
      Pattern.compile(
          "resourceGroups/([^/]+)/.*virtualMachineScaleSets/([^/']+)", Pattern.CASE_INSENSITIVE);

  private final Datacenter datacenter;
  private final ArmAnswers answers;
  private final Rates rates;
  private long requests;

  ArmProtocol(Datacenter datacenter, ArmAnswers answers, Rates rates) {
    this.datacenter = datacenter;
    this.answers = answers;
    this.rates = rates;
  }

  @Override
  public Journal.Request read(Incoming request) {
    Map<String, String> arguments = query(request);
    Optional<Route.Match> found = match(request);
    if (found.isEmpty()) {
      return new Journal.Request(
          request.verb() + " " + request.uri().getPath(), "", "", "", false, arguments);
    }
    Route.Match match = found.get();
    if (match.route().writes()) {
      arguments.put("body", request.body());
      arguments.put("If-Match", header(request, "If-Match"));
    }
    return new Journal.Request(
        match.route().operation,
        match.route().permission,
        group(match, arguments),
        "",
        match.route().writes(),
        arguments);
  }

  private String group(Route.Match match, Map<String, String> query) {
    synchronized (datacenter) {
      Matcher filter = SET_IN_FILTER.matcher(query.getOrDefault("$filter", ""));
      String resourceGroup = filter.find() ? filter.group(1) : match.name("rg");
      String set = filter.hasMatch() ? filter.group(2) : match.name("set");
      String pool = set.isEmpty() ? match.cloudId() : "";
      return datacenter.sets().stream()
          .filter(each ->
              set.isEmpty()
                  ? each.cloudId.equalsIgnoreCase(pool)
                  : each.resourceGroup.equalsIgnoreCase(resourceGroup)
                      && each.name.equalsIgnoreCase(set))
          .map(each -> each.cloudId)
          .findFirst()
          .orElseGet(match::cloudId);
    }
  }

  @Override
  public Reply answer(Incoming request, Journal.Request read) {
    synchronized (datacenter) {
      try {
        return answer(request, read, datacenter.now());
      } catch (RefusedException refused) {
        return reply(refused.error(), Map.of());
      }
    }
  }

  private Reply answer(Incoming request, Journal.Request read, Instant now) {
    Route.Match match =
        match(request)
            .orElseThrow(() -> new RefusedException(ArmError.notFound(request.uri().getPath())));
    if (match.route() != Route.PRICES) {
      requireManners(request, read);
    }
    if (!rates.take(match.route(), read.group(), now)) {
      return reply(
          new ArmError(429, "OperationNotAllowed", "The server rejected the request: too many"),
          Map.of("Retry-After", "60"));
    }
    Reply reply = answers.answer(match, new ArmAnswers.Call(request, read.arguments()));
    return new Reply(reply.status(), headers(reply.headers()), reply.body(), reply.happened());
  }

  private static void requireManners(Incoming request, Journal.Request read) {
    if (!header(request, "Authorization").startsWith("Bearer ")) {
      throw new RefusedException(
          new ArmError(401, "AuthenticationFailed", "The 'Authorization' header is missing."));
    }
    if (!read.arguments().containsKey("api-version")) {
      throw new RefusedException(
          new ArmError(
              400, "MissingApiVersionParameter", "The api-version query parameter is required."));
    }
  }

  @Override
  public Reply refusal(Incoming request, Fault.Refusal fault) {
    return reply(new ArmError(fault.status(), fault.code(), fault.message()), fault.headers());
  }

  private Reply reply(ArmError error, Map<String, String> more) {
    String body = error.code().isEmpty() ? "" : Documents.error(error).toString();
    return new Reply(error.status(), headers(more), body, false);
  }

  private Map<String, String> headers(Map<String, String> more) {
    Map<String, String> headers = new HashMap<>(more);
    headers.put("Content-Type", "application/json; charset=utf-8");
    synchronized (datacenter) {
      headers.put("x-ms-request-id", String.format("%08x-0000-4000-8000-00000000beef", ++requests));
      headers.put("x-ms-ratelimit-remaining-resource", rates.remaining());
    }
    return headers;
  }

  private static Optional<Route.Match> match(Incoming request) {
    return Route.of(request.verb(), request.uri().getPath());
  }

  static String header(Incoming request, String name) {
    String value = request.headers().getFirst(name);
    return value == null ? "" : value;
  }

  private static Map<String, String> query(Incoming request) {
    Map<String, String> query = new TreeMap<>();
    String raw = request.uri().getRawQuery();
    if (raw != null) {
      for (String pair : raw.split("&", -1)) {
        int equals = pair.indexOf('=');
        if (equals > 0) {
          query.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
        }
      }
    }
    return query;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
