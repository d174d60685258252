package dev.windlass.provider.testkit.gcp;

import dev.windlass.provider.testkit.Fault;
import dev.windlass.provider.testkit.Journal;
import dev.windlass.provider.testkit.Protocol;
import dev.windlass.provider.testkit.Reply;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Compute Engine, GKE and Cloud Billing at one address. */
final class GceProtocol implements Protocol {
  private final GceState state;
  private final GroupMethods groups;
  private final QueueMethods queue;
  private final CatalogueMethods catalogue;
  private final GkeMethods gke;
  private final PageSize pages;
  private final Map<String, Integer> minute = new HashMap<>();
  private long countedMinute;
  private int perMinute = Integer.MAX_VALUE;

  GceProtocol(GceState state, CatalogueMethods catalogue, GkeMethods gke, PageSize pages) {
    this.state = state;
    this.groups = new GroupMethods(state, pages);
    this.queue = new QueueMethods(state, pages);
    this.catalogue = catalogue;
    this.gke = gke;
    this.pages = pages;
  }

  /** So many requests of a method are served in each minute of the clock. */
  void setRate(int requestsPerMinute) {
    perMinute = requestsPerMinute;
  }

  @Override
  public Journal.Request read(Incoming request) {
    Route route = Route.of(request);
    Map<String, String> arguments = new TreeMap<>(route.query());
    JsonNode body = body(request);
    body.properties().forEach(it -> arguments.put(it.getKey(), it.getValue().toString()));
    return route.noted(group(route), arguments);
  }

  /** The fake's id of the group that a request is about, or empty. */
  private String group(Route route) {
    if (!route.isOfGroup()) {
      return "";
    }
    synchronized (state) {
      try {
        return state.group(route).id;
      } catch (RefusedException _) {
        return route.groupPath();
      }
    }
  }

  @Override
  public Reply answer(Incoming request, Journal.Request read) {
    try {
      synchronized (state) {
        count(read.method());
        state.settle();
        return Json.reply(truth(Route.of(request), body(request)));
      }
    } catch (RefusedException refused) {
      return Json.error(refused.refusal());
    }
  }

  @Override
  public Reply refusal(Incoming request, Fault.Refusal fault) {
    return Json.error(fault);
  }

  private Map<String, Object> truth(Route route, JsonNode body) {
    return switch (route.type()) {
      case "instanceGroupManagers" -> groups.answer(route, body);
      case "instanceGroupManagerResizeRequests" -> queue.answer(route, body);
      case "clusters" -> gke.cluster(route);
      case "skus" -> PriceList.page(route, pages.largest());
      case String _ -> catalogue.answer(route);
    };
  }

  /** The limit is of whole minutes, which begin for everybody at once. */
  private void count(String method) {
    long now = state.now().getEpochSecond() / 60;
    if (now != countedMinute) {
      countedMinute = now;
      minute.clear();
    }
    if (minute.merge(method, 1, Integer::sum) > perMinute) {
      throw new RefusedException(
          403,
          "rateLimitExceeded",
          "Quota exceeded for quota metric 'Queries' and limit 'Queries per minute'");
    }
  }

  private static JsonNode body(Incoming request) {
    try {
      return Json.parse(request.body());
    } catch (JacksonException _) {
      return Json.parse("{}");
    }
  }
}
