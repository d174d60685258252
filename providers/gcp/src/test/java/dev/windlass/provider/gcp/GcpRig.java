package dev.windlass.provider.gcp;

import dev.windlass.core.model.Purchase;
import dev.windlass.core.model.Variant;
import dev.windlass.provider.contract.Rig;
import dev.windlass.provider.contract.Trouble;
import dev.windlass.provider.spi.CallBudget;
import dev.windlass.provider.spi.CloudProvider;
import dev.windlass.provider.spi.GroupReference;
import dev.windlass.provider.testkit.FakeCloud.FakeGroup;
import dev.windlass.provider.testkit.Fault;
import dev.windlass.provider.testkit.Journal;
import dev.windlass.provider.testkit.VirtualClock;
import dev.windlass.provider.testkit.gcp.FakeGcp;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The provider over its fake: regional groups of two zones. */
final class GcpRig implements Rig {
  private static final int USUAL_PAGE = 500;
  private static final String NO_BOUNDS = "a managed instance group has no bounds of its size";
  private static final String NO_NOTICE =
      "the early notice exists only inside the machine, where the node agent reads it";

  private final FakeGcp cloud;

  GcpRig() throws IOException {
    cloud = new FakeGcp(new VirtualClock(Instant.parse("2026-03-01T12:00:00Z")), 1, USUAL_PAGE);
  }

  @Override
  public String provider() {
    return "gcp";
  }

  @Override
  public FakeGcp cloud() {
    return cloud;
  }

  @Override
  public CloudProvider connect(CallBudget budget, Duration timeout) {
    GcpSettings settings =
        new GcpSettings(
            "", "", Optional.of(cloud.endpoint()), true, timeout, Duration.ofMinutes(1));
    return new GcpProvider(settings, budget, cloud.clock());
  }

  @Override
  public GroupReference reference(FakeGroup group) {
    return Connection.reference(group.id(), FakeGcp.cloudId(group), group.variants());
  }

  @Override
  public List<Variant> onDemand() {
    return List.of(
        new Variant("n2-standard-4", "us-central1-a", Purchase.ON_DEMAND),
        new Variant("n2-standard-4", "us-central1-b", Purchase.ON_DEMAND));
  }

  @Override
  public boolean mixesPurchases() {
    return false;
  }

  @Override
  public Fault fault(Trouble trouble) {
    return switch (trouble) {
      case THROTTLED -> refusal(403, "rateLimitExceeded", "Quota exceeded for 'Queries'");
      case THROTTLED_FOR_SEVEN_SECONDS ->
          new Fault.Refusal(
              429, "rateLimitExceeded", "Rate Limit Exceeded", Map.of("Retry-After", "7"));
      case SERVER_ERROR -> refusal(500, "internalError", "Internal error");
      case UNAVAILABLE -> refusal(503, "backendError", "Service unavailable");
      case BUSY -> refusal(400, "resourceNotReady", "The resource is not ready");
      case DENIED -> refusal(403, "forbidden", "Required permission is missing");
      case EXPIRED -> refusal(401, "authError", "Invalid Credentials");
      case SKEWED -> refusal(401, "authError", "Invalid JWT: check your iat and exp values");
      case NO_ADDRESSES -> refusal(400, "IP_SPACE_EXHAUSTED", "IP space is exhausted");
      case TEMPLATE_GONE ->
          refusal(404, "notFound", "'projects/acme/global/instanceTemplates/t' was not found");
    };
  }

  private static Fault refusal(int status, String reason, String message) {
    return new Fault.Refusal(status, reason, message);
  }

  @Override
  public Fault empty(String method) {
    return new Fault.Foreign(
        200,
        "application/json",
        method.endsWith("listManagedInstances") ? "{}" : "{\"kind\": \"compute#list\"}");
  }

  @Override
  public OptionalInt absoluteTarget(Journal.Request request) {
    return request.method().endsWith(".resize")
        ? OptionalInt.of(Integer.parseInt(request.arguments().getOrDefault("size", "0")))
        : OptionalInt.empty();
  }

  @Override
  public int smallPages() {
    cloud.setLargestPage(2);
    return 2;
  }

  /** The groups' list, one list for each group, and the machines' own of two zones. */
  @Override
  public int requestsToObserve(int groups, int machines) {
    return groups / USUAL_PAGE + 1 + groups + machines / USUAL_PAGE + 2;
  }

  @Override
  public void addRival(String group) {
    cloud.setRivals(group, true, false, false);
  }

  @Override
  public Map<String, String> notApplicable() {
    return Map.of(
        "F25", NO_BOUNDS,
        "F32", NO_BOUNDS,
        "F39", NO_NOTICE,
        "F41", NO_NOTICE + "; the end of queued machines is proven by ChangeIT");
  }

  @Override
  public void close() {
    cloud.close();
  }
}
