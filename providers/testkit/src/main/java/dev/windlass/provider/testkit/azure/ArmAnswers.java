package dev.windlass.provider.testkit.azure;

import dev.windlass.provider.testkit.Protocol;
import dev.windlass.provider.testkit.Reply;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What each request gets. Callers hold the datacenter's lock. */
final class ArmAnswers {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Datacenter datacenter;
  private int pageSize;

  ArmAnswers(Datacenter datacenter, int pageSize) {
    this.datacenter = datacenter;
    this.pageSize = pageSize;
  }

  void setPageSize(int items) {
    pageSize = items;
  }

  /**
   * A request.
   *
   * @param query what its address asks, decoded
   */
  record Call(Protocol.Incoming incoming, Map<String, String> query) {
    JsonNode body() {
      try {
        return JSON.readTree(incoming.body());
      } catch (JacksonException unreadable) {
        throw new RefusedException(
            new ArmError(400, "InvalidRequestContent", unreadable.getOriginalMessage()));
      }
    }
  }

  Reply answer(Route.Match match, Call call) {
    return switch (match.route()) {
      case SETS_OF_SUBSCRIPTION -> sets("", call);
      case SETS_OF_GROUP -> sets(match.name("rg"), call);
      case SET -> json(200, Documents.scaleSet(set(match), false), Map.of());
      case UPDATE_SET -> resize(set(match), call, "/sku/capacity", "/tags");
      case DELETE_INSTANCES -> delete(set(match), call, "instanceIds");
      case INSTANCES -> machines(set(match), call);
      case MACHINES -> machines(setOfFilter(call), call);
      case USAGES ->
          page(CatalogueDocuments.usages(datacenter.stock, Stock.used(datacenter.sets())), call);
      case SKUS -> page(CatalogueDocuments.skus(), call);
      case OPERATION, POOL_OPERATION -> operation(match.name("id"));
      case RESERVATION_GROUP ->
          json(200, CatalogueDocuments.reservationGroup(reserving(match.name("name"))), Map.of());
      case RESERVATIONS ->
          page(List.of(CatalogueDocuments.reservation(reserving(match.name("name")))), call);
      case CLUSTER -> cluster(match);
      case POOLS -> pools(match, call);
      case POOL -> json(200, Documents.pool(pool(match)), Map.of());
      case UPDATE_POOL ->
          resize(unlocked(pool(match)), call, "/properties/count", "/properties/tags");
      case DELETE_MACHINES -> delete(unlocked(pool(match)), call, "machineNames");
      case PRICES ->
          json(200, CatalogueDocuments.prices(call.query().getOrDefault("$filter", "")), Map.of());
    };
  }

  private FakeScaleSet set(Route.Match match) {
    return datacenter.require(match.name("rg"), match.name("set"));
  }

  private FakeScaleSet pool(Route.Match match) {
    return datacenter.require(match.cloudId());
  }

  private FakeScaleSet setOfFilter(Call call) {
    String filter = call.query().getOrDefault("$filter", "");
    return datacenter.sets().stream()
        .filter(set ->
            filter.equalsIgnoreCase(
                "'virtualMachineScaleSet/id' eq '"
                    + Documents.id(set.resourceGroup, "virtualMachineScaleSets/" + set.name)
                    + "'"))
        .findFirst()
        .orElseThrow(() -> new RefusedException(ArmError.notFound(filter)));
  }

  private FakeScaleSet reserving(String reservationGroup) {
    return datacenter.sets().stream()
        .filter(set -> set.reservationGroup.equals(reservationGroup))
        .findFirst()
        .orElseThrow(() -> new RefusedException(ArmError.notFound(reservationGroup)));
  }

  private Reply sets(String resourceGroup, Call call) {
    return page(
        datacenter.sets().stream()
            .filter(
                set -> resourceGroup.isEmpty() || set.resourceGroup.equalsIgnoreCase(resourceGroup))
            .map(set -> Documents.scaleSet(set, true))
            .toList(),
        call);
  }

  private Reply machines(FakeScaleSet set, Call call) {
    return page(
        datacenter.listed(set).stream().map(vm -> Documents.machine(set, vm)).toList(), call);
  }

  private Reply resize(FakeScaleSet set, Call call, String capacity, String tags) {
    String expected = ArmProtocol.header(call.incoming(), "If-Match");
    if (!expected.isEmpty() && !expected.equals("*") && !expected.equals(set.etag())) {
      throw new RefusedException(ArmError.etag(expected, set.etag()));
    }
    JsonNode body = call.body();
    FakeOperation operation = datacenter.resize(set, body.at(capacity).asInt(set.capacity));
    JsonNode newTags = body.at(tags);
    if (newTags.isObject()) {
      set.tags.clear();
      newTags.properties().forEach(tag -> set.tags.put(tag.getKey(), tag.getValue().asString()));
    }
    ObjectNode document = set.isPool() ? Documents.pool(set) : Documents.scaleSet(set, false);
    return json(200, document, handle(set, operation, call));
  }

  private Reply delete(FakeScaleSet set, Call call, String field) {
    List<String> ids =
        StreamSupport.stream(call.body().path(field).spliterator(), false)
            .map(JsonNode::asString)
            .toList();
    FakeOperation operation = datacenter.delete(set, ids);
    return new Reply(202, handle(set, operation, call), "", true);
  }

  /** One operation at a time in all of a cluster. */
  private FakeScaleSet unlocked(FakeScaleSet set) {
    if (datacenter.isBusy(set.cluster())) {
      throw new RefusedException(
          new ArmError(
              409,
              "OperationNotAllowed",
              "Operation is not allowed: Another agentpool operation (Scaling) is in progress,"
                  + " please wait for it to finish before starting a new operation."));
    }
    return set;
  }

  private static Map<String, String> handle(FakeScaleSet set, FakeOperation operation, Call call) {
    String service = set.isPool() ? "Microsoft.ContainerService" : "Microsoft.Compute";
    String path =
        "/subscriptions/%s/providers/%s/locations/%s/operations/%s?api-version=2025-04-01"
            .formatted(FakeScaleSet.SUBSCRIPTION, service, FakeScaleSet.LOCATION, operation.id);
    String address = "http://" + ArmProtocol.header(call.incoming(), "Host") + path;
    return Map.of("Azure-AsyncOperation", address, "Location", address, "Retry-After", "10");
  }

  private Reply operation(String id) {
    @Nullable FakeOperation operation = datacenter.operation(id);
    if (operation == null) {
      throw new RefusedException(ArmError.notFound("operations/" + id));
    }
    Map<String, String> headers = operation.isRunning() ? Map.of("Retry-After", "10") : Map.of();
    return json(200, Documents.operation(operation), headers);
  }

  private Reply cluster(Route.Match match) {
    FakeScaleSet any = poolsOf(match).getFirst();
    ObjectNode document =
        Documents.object().put("name", match.name("cluster")).put("location", "eastus");
    document.putObject("properties").put("nodeResourceGroup", any.resourceGroup);
    return json(200, document, Map.of());
  }

  private Reply pools(Route.Match match, Call call) {
    return page(poolsOf(match).stream().map(Documents::pool).toList(), call);
  }

  private List<FakeScaleSet> poolsOf(Route.Match match) {
    String cluster = match.name("rg") + "/" + match.name("cluster");
    List<FakeScaleSet> pools =
        datacenter.sets().stream().filter(set -> set.cluster().equalsIgnoreCase(cluster)).toList();
    if (pools.isEmpty()) {
      throw new RefusedException(ArmError.notFound(cluster));
    }
    return pools;
  }

  private Reply page(List<ObjectNode> items, Call call) {
    int from = Integer.parseInt(call.query().getOrDefault("$skiptoken", "0"));
    int to = Math.min(items.size(), from + pageSize);
    ObjectNode document = Documents.object();
    document.set("value", Documents.array(items.subList(Math.min(from, to), to)));
    if (to < items.size()) {
      document.put("nextLink", next(call, to));
    }
    return json(200, document, Map.of());
  }

  private static String next(Call call, int from) {
    StringBuilder address =
        new StringBuilder("http://")
            .append(ArmProtocol.header(call.incoming(), "Host"))
            .append(call.incoming().uri().getRawPath())
            .append("?$skiptoken=")
            .append(from);
    call.query()
        .forEach((name, value) -> {
          if (!name.equals("$skiptoken")) {
            address
                .append('&')
                .append(name)
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
          }
        });
    return address.toString();
  }

  private static Reply json(int status, ObjectNode document, Map<String, String> more) {
    Map<String, String> headers = new HashMap<>(more);
    if (document.path("etag").isString()) {
      headers.put("ETag", document.path("etag").asString());
    }
    return new Reply(status, headers, document.toString(), true);
  }
}
