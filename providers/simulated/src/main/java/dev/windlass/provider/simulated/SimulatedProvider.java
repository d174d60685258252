package dev.windlass.provider.simulated;

import dev.windlass.core.model.CloudFailure;
import dev.windlass.core.model.CloudFailure.Cause;
import dev.windlass.core.model.GroupFailure;
import dev.windlass.core.model.InstanceId;
import dev.windlass.core.model.OperationId;
import dev.windlass.provider.spi.CallBudget;
import dev.windlass.provider.spi.CloudOutcome;
import dev.windlass.provider.spi.CloudProvider;
import dev.windlass.provider.spi.Deletion;
import dev.windlass.provider.spi.GroupByGroup;
import dev.windlass.provider.spi.GroupReference;
import dev.windlass.provider.spi.GroupView;
import dev.windlass.provider.spi.Observation;
import dev.windlass.provider.spi.OneByOne;
import dev.windlass.provider.spi.Receipt;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

/** Client of a simulated cloud. Each call is one HTTP request; none is repeated here. */
final class SimulatedProvider implements CloudProvider {
  private static final String ACCOUNT = "simulated";

  private final URI endpoint;
  private final String token;
  private final Duration timeout;
  private final CallBudget budget;
  private final Exchange exchange;
  private final GroupByGroup readings = new GroupByGroup(InstantSource.system());

  /** The newest failure of each group that was reported, so that none is reported twice. */
  private final Map<String, Instant> reported = new ConcurrentHashMap<>();

  SimulatedProvider(URI endpoint, String token, Duration timeout, CallBudget budget) {
    this.endpoint = endpoint;
    this.token = token;
    this.timeout = timeout;
    this.budget = budget;
    this.exchange = new Exchange(timeout);
  }

  @Override
  public Observation observe(List<GroupReference> groups) {
    return readings.observe(groups, this::describe);
  }

  private CloudOutcome<GroupView> describe(GroupReference group) {
    HttpRequest request = request(group, "").GET().build();
    return withinBudget(
        group, "describe", () -> exchange.read(request, CloudWire.Group.class, view(group)));
  }

  private Function<CloudWire.Group, GroupView> view(GroupReference group) {
    return body ->
        new GroupView(
            body.target(),
            body.machines().stream().map(machine -> machine.toInstance(group.name())).toList(),
            unreported(
                group,
                body.failures().stream().map(failure -> failure.toFailure(group.name())).toList()));
  }

  private List<GroupFailure> unreported(GroupReference group, List<GroupFailure> failures) {
    Instant last = reported.getOrDefault(group.cloudId(), Instant.MIN);
    List<GroupFailure> fresh =
        failures.stream().filter(failure -> failure.at().isAfter(last)).toList();
    fresh.stream()
        .map(GroupFailure::at)
        .max(Instant::compareTo)
        .ifPresent(newest -> reported.put(group.cloudId(), newest));
    return fresh;
  }

  @Override
  public CloudOutcome<Receipt> increase(
      GroupReference group, Increase change, OperationId operation) {
    HttpRequest request =
        write(
            group,
            "/increase",
            CloudWire.IncreaseRequest.of(change.from(), change.to(), change.machines()),
            operation);
    return withinBudget(
        group,
        "increase",
        () ->
            exchange.change(
                request, CloudWire.Target.class, answer -> Receipt.of(answer.target())));
  }

  @Override
  public CloudOutcome<Map<InstanceId, Deletion>> delete(
      GroupReference group, List<InstanceId> instances, OperationId operation) {
    return OneByOne.delete(
        instances,
        each -> delete(group, each, new OperationId(operation + "/" + each.incarnation())));
  }

  @Override
  public CloudOutcome<Deletion> delete(
      GroupReference group, InstanceId instance, OperationId operation) {
    HttpRequest request =
        write(group, "/delete", new CloudWire.DeleteRequest(instance.value()), operation);
    return withinBudget(
        group,
        "delete",
        () -> exchange.change(request, CloudWire.Deleted.class, SimulatedProvider::fate));
  }

  private static Deletion fate(CloudWire.Deleted answer) {
    if (answer.deleted()) {
      return new Deletion.Accepted();
    }
    return answer.leaving() ? new Deletion.AlreadyDeleting() : new Deletion.Gone();
  }

  @Override
  public void close() {
    exchange.close();
  }

  private HttpRequest write(GroupReference group, String path, Object body, OperationId operation) {
    return request(group, path)
        .header("Content-Type", "application/json")
        .header(CloudWire.OPERATION_HEADER, encode(operation.value()))
        .POST(exchange.body(body))
        .build();
  }

  private HttpRequest.Builder request(GroupReference group, String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(endpoint.resolve("v1/groups/" + encode(group.cloudId()) + path))
            .timeout(timeout);
    return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
  }

  private <T> CloudOutcome<T> withinBudget(
      GroupReference group, String method, Supplier<CloudOutcome<T>> call) {
    if (!budget.acquire(ACCOUNT, group.region(), method)) {
      return new CloudOutcome.Failed<>(
          new CloudFailure(Cause.THROTTLED, "the call budget of this account is used up for now"));
    }
    return call.get();
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
