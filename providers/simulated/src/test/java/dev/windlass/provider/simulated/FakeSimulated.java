package dev.windlass.provider.simulated;

import dev.windlass.core.model.CloudFailure;
import dev.windlass.core.model.CloudFailure.Cause;
import dev.windlass.core.model.FailureScope;
import dev.windlass.core.model.Instance;
import dev.windlass.core.model.InstanceId;
import dev.windlass.core.model.OperationId;
import dev.windlass.core.model.Variant;
import dev.windlass.provider.testkit.FakeCloud;
import dev.windlass.provider.testkit.Fault;
import dev.windlass.provider.testkit.FaultScript;
import dev.windlass.provider.testkit.Journal;
import dev.windlass.provider.testkit.LoopbackServer;
import dev.windlass.provider.testkit.Protocol;
import dev.windlass.provider.testkit.Reply;
import dev.windlass.provider.testkit.VirtualClock;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The simulated cloud's wire over a state that a test moves. An increase is a compare-and-set of
 * the target; an operation that was done is answered with what is.
 */
final class FakeSimulated implements FakeCloud, Protocol {
  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final VirtualClock clock = new VirtualClock(START);
  private final FaultScript faults = new FaultScript();
  private final Journal journal = new Journal();
  private final LoopbackServer server;
  private final Map<String, FakeMachineGroup> groups = new TreeMap<>();
  private final List<FailureScope> soldOut = new ArrayList<>();
  private final List<Limit> limits = new ArrayList<>();
  private Duration boot = Duration.ofMinutes(1);
  private Duration deletion = Duration.ofMinutes(1);
  private Duration lag = Duration.ZERO;
  private int sold;

  private record Limit(FailureScope scope, int machines) {}

  FakeSimulated() throws IOException {
    server = new LoopbackServer(this, faults, journal, clock);
  }

  URI endpoint() {
    return server.endpoint();
  }

  static CloudFailure noCapacity(Variant variant) {
    return new CloudFailure(
        Cause.CAPACITY,
        "no capacity for " + variant.instanceType() + " in " + variant.zone(),
        FailureScope.of(variant),
        "SoldOut",
        null);
  }

  @Override
  public Journal.Request read(Incoming request) {
    String[] path = request.uri().getRawPath().split("/", -1);
    String method = path.length > 4 ? path[4] : "describe";
    String group = path.length > 3 ? decode(path[3]) : "";
    boolean writes = request.verb().equals("POST");
    return new Journal.Request(method, method, group, "", writes, Map.of("body", request.body()));
  }

  @Override
  public synchronized Reply answer(Incoming request, Journal.Request read) {
    FakeMachineGroup group = groups.get(read.group());
    if (group == null) {
      return refuse(404, new CloudFailure(Cause.NOT_FOUND, "there is no group " + read.group()));
    }
    settle();
    return switch (read.method()) {
      case "describe" -> json(200, group.wire(clock.instant()));
      case "increase" ->
          increase(
              group,
              JSON.readValue(request.body(), CloudWire.IncreaseRequest.class),
              operation(request));
      case "delete" -> delete(group, JSON.readValue(request.body(), CloudWire.DeleteRequest.class));
      default -> refuse(404, new CloudFailure(Cause.NOT_FOUND, "no call " + read.method()));
    };
  }

  private static OperationId operation(Incoming request) {
    return new OperationId(
        decode(Objects.requireNonNull(request.headers().getFirst(CloudWire.OPERATION_HEADER))));
  }

  private Reply increase(
      FakeMachineGroup group, CloudWire.IncreaseRequest body, OperationId operation) {
    if (group.increases.contains(operation)) {
      return json(200, new CloudWire.Target(group.target));
    }
    if (group.target != body.from()) {
      return json(409, new CloudWire.Conflict("the target is " + group.target));
    }
    for (Variant variant : body.machines().keySet()) {
      if (isSoldOut(variant)) {
        return refuse(503, noCapacity(variant));
      }
    }
    int asked = body.to() - body.from();
    for (Limit limit : limits) {
      if (standing(limit.scope()) + asked > limit.machines()) {
        return overLimit(limit);
      }
    }
    body.machines().forEach((variant, count) -> launch(group, variant, count));
    group.target = body.to();
    group.increases.add(operation);
    return json(200, new CloudWire.Target(group.target));
  }

  private static Reply overLimit(Limit limit) {
    CloudFailure failure =
        new CloudFailure(
            Cause.QUOTA,
            "the limit is " + limit.machines() + " machines",
            limit.scope(),
            "OverLimit",
            null);
    Reply reply = refuse(403, failure);
    return after(reply, limit.machines() == 0 ? Duration.ofHours(1) : Duration.ofMinutes(10));
  }

  private static Reply after(Reply reply, Duration hold) {
    Map<String, String> headers = new TreeMap<>(reply.headers());
    headers.put("Retry-After", "" + hold.toSeconds());
    return new Reply(reply.status(), headers, reply.body(), reply.happened());
  }

  private long standing(FailureScope scope) {
    return groups.values().stream()
        .flatMap(group -> group.staying().stream())
        .filter(machine -> scope.covers(machine.variant()))
        .count();
  }

  private boolean isSoldOut(Variant variant) {
    return soldOut.stream().anyMatch(scope -> scope.covers(variant));
  }

  private void launch(FakeMachineGroup group, Variant variant, int count) {
    for (int i = 0; i < count; i++) {
      group.add(nextId(), variant, clock.instant(), boot, lag);
    }
  }

  private InstanceId nextId() {
    sold++;
    return new InstanceId("simulated:///i-%06d".formatted(sold));
  }

  private Reply delete(FakeMachineGroup group, CloudWire.DeleteRequest body) {
    InstanceId id = new InstanceId(body.instance());
    Instance machine = group.machine(id);
    if (machine == null) {
      return json(200, new CloudWire.Deleted(false, false));
    }
    if (machine.state() == Instance.State.DELETING) {
      return json(200, new CloudWire.Deleted(false, true));
    }
    group.beginDeletion(machine, clock.instant().plus(deletion));
    group.target = Math.max(0, group.target - 1);
    return json(200, new CloudWire.Deleted(true, true));
  }

  @Override
  public Reply refusal(Incoming request, Fault.Refusal fault) {
    boolean isCause = List.of(Cause.values()).stream().anyMatch(c -> c.name().equals(fault.code()));
    Cause cause = isCause ? Cause.valueOf(fault.code()) : Cause.UNKNOWN;
    Reply reply =
        cause == Cause.CONFLICT
            ? json(409, new CloudWire.Conflict(fault.message()))
            : refuse(
                fault.status(),
                new CloudFailure(cause, fault.message(), FailureScope.ALL, fault.code(), null));
    Map<String, String> headers = new TreeMap<>(reply.headers());
    headers.putAll(fault.headers());
    return new Reply(reply.status(), headers, reply.body(), false);
  }

  private static Reply refuse(int status, CloudFailure failure) {
    return json(status, CloudWire.Refusal.of(failure));
  }

  private static Reply json(int status, Object body) {
    return Reply.of(status, "application/json", JSON.writeValueAsString(body));
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private void settle() {
    groups.values().forEach(group -> group.settle(clock.instant(), this::isSoldOut));
  }

  private FakeMachineGroup group(String id) {
    settle();
    return Objects.requireNonNull(groups.get(id), "no group " + id);
  }

  private FakeMachineGroup groupOf(InstanceId machine) {
    settle();
    return groups.values().stream()
        .filter(group -> group.machine(machine) != null)
        .findFirst()
        .orElseThrow();
  }

  @Override
  public VirtualClock clock() {
    return clock;
  }

  @Override
  public FaultScript faults() {
    return faults;
  }

  @Override
  public Journal journal() {
    return journal;
  }

  @Override
  public void setLatency(Duration latency) {
    server.setLatency(latency);
  }

  @Override
  public synchronized void addGroup(FakeGroup group) {
    FakeMachineGroup added = new FakeMachineGroup(group);
    groups.put(group.id(), added);
    for (int i = 0; i < group.target(); i++) {
      Variant variant = group.variants().get(i % group.variants().size());
      added.add(nextId(), variant, clock.instant(), Duration.ZERO, Duration.ZERO);
    }
    settle();
  }

  @Override
  public synchronized void removeGroup(String group) {
    groups.remove(group);
  }

  @Override
  public synchronized void setTarget(String id, int target) {
    FakeMachineGroup group = group(id);
    Variant first = group.group.variants().getFirst();
    List<Instance> staying = group.staying();
    launch(group, first, target - staying.size());
    staying.stream()
        .limit(Math.max(0, staying.size() - target))
        .forEach(machine -> group.beginDeletion(machine, clock.instant().plus(deletion)));
    group.target = target;
  }

  @Override
  public void setLimits(String group, int min, int max) {
    throw new IllegalStateException("the simulated cloud has no bounds of its own");
  }

  @Override
  public synchronized int target(String group) {
    return group(group).target;
  }

  @Override
  public synchronized List<FakeMachine> machines(String group) {
    return group(group).truth();
  }

  @Override
  public synchronized void sellOut(FailureScope scope) {
    soldOut.add(scope);
  }

  @Override
  public synchronized void restock() {
    soldOut.clear();
    limits.clear();
  }

  @Override
  public synchronized void limit(FailureScope scope, int machines) {
    limits.add(new Limit(scope, machines));
  }

  @Override
  public synchronized void lose(InstanceId machine) {
    groupOf(machine).remove(machine);
  }

  @Override
  public synchronized void recreate(InstanceId machine) {
    FakeMachineGroup group = groupOf(machine);
    Variant variant = Objects.requireNonNull(group.machine(machine)).variant();
    group.remove(machine);
    launch(group, variant, 1);
  }

  @Override
  public void protect(InstanceId machine) {
    throw new IllegalStateException("the simulated cloud protects no machine");
  }

  @Override
  public synchronized void setTimes(Duration boot, Duration deletion) {
    this.boot = boot;
    this.deletion = deletion;
  }

  @Override
  public synchronized void setListingLag(Duration lag) {
    this.lag = lag;
  }

  @Override
  public synchronized void interrupt(InstanceId machine, @Nullable Instant deadline) {
    lose(machine);
  }

  @Override
  public void close() {
    server.close();
  }
}
