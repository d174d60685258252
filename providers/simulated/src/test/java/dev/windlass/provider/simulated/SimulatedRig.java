package dev.windlass.provider.simulated;

import dev.windlass.core.model.NodeGroupName;
import dev.windlass.core.model.Purchase;
import dev.windlass.core.model.Variant;
import dev.windlass.provider.contract.Rig;
import dev.windlass.provider.contract.Trouble;
import dev.windlass.provider.spi.CallBudget;
import dev.windlass.provider.spi.CloudProvider;
import dev.windlass.provider.spi.GroupReference;
import dev.windlass.provider.testkit.FakeCloud;
import dev.windlass.provider.testkit.FakeCloud.FakeGroup;
import dev.windlass.provider.testkit.Fault;
import dev.windlass.provider.testkit.Journal;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** The simulated provider over its fake. */
class SimulatedRig implements Rig {
  private static final String NO_SUCH = "the simulated cloud has ";
  private static final String NO_TEMPLATES =
      NO_SUCH + "no templates: a NodeGroup says what its nodes look like";

  private final FakeSimulated cloud;

  SimulatedRig() throws IOException {
    cloud = new FakeSimulated();
  }

  @Override
  public String provider() {
    return "simulated";
  }

  @Override
  public FakeCloud cloud() {
    return cloud;
  }

  @Override
  public CloudProvider connect(CallBudget budget, Duration timeout) {
    return new SimulatedProviderFactory()
        .create(Map.of("endpoint", cloud.endpoint() + "/", "timeout", timeout.toString()), budget);
  }

  @Override
  public GroupReference reference(FakeGroup group) {
    return new GroupReference(new NodeGroupName(group.id()), group.id(), "", List.of());
  }

  @Override
  public List<Variant> onDemand() {
    return List.of(
        new Variant("m.large", "zone-a", Purchase.ON_DEMAND),
        new Variant("m.large", "zone-b", Purchase.ON_DEMAND));
  }

  @Override
  public boolean mixesPurchases() {
    return true;
  }

  @Override
  public Fault fault(Trouble trouble) {
    return switch (trouble) {
      case THROTTLED -> refusal(429, trouble, Map.of());
      case THROTTLED_FOR_SEVEN_SECONDS -> refusal(429, trouble, Map.of("Retry-After", "7"));
      case SERVER_ERROR -> refusal(500, trouble, Map.of());
      case UNAVAILABLE -> refusal(503, trouble, Map.of());
      case BUSY -> refusal(409, trouble, Map.of());
      case DENIED -> refusal(403, trouble, Map.of("Retry-After", "1800"));
      case EXPIRED, SKEWED -> refusal(401, trouble, Map.of());
      case NO_ADDRESSES -> refusal(503, trouble, Map.of("Retry-After", "30"));
      case TEMPLATE_GONE -> refusal(400, trouble, Map.of());
    };
  }

  private static Fault refusal(int status, Trouble trouble, Map<String, String> headers) {
    return new Fault.Refusal(
        status, trouble.cause().name(), "trouble with increase: " + trouble, headers);
  }

  @Override
  public Fault empty(String method) {
    return new Fault.Foreign(
        200, "application/json", "{\"target\":0,\"machines\":[],\"failures\":[]}");
  }

  @Override
  public OptionalInt absoluteTarget(Journal.Request request) {
    return OptionalInt.empty();
  }

  @Override
  public boolean cloudCompares() {
    return true;
  }

  @Override
  public int smallPages() {
    return 50;
  }

  @Override
  public int requestsToObserve(int groups, int machines) {
    return groups;
  }

  @Override
  public Map<String, String> notApplicable() {
    return Map.of(
        "CA-1793", NO_TEMPLATES,
        "CA-8341", NO_TEMPLATES,
        "F25", NO_SUCH + "no bounds of its own",
        "F26", NO_SUCH + "no controllers beside Windlass",
        "F31", NO_SUCH + "no protection of machines",
        "F32", NO_SUCH + "no minimum",
        "F39", NO_SUCH + "no notices: a machine that is interrupted is gone",
        "F40", NO_SUCH + "no notices: a machine that is interrupted is gone",
        "F41", NO_SUCH + "no machines whose end is known",
        "F48", NO_SUCH + "no price feed: prices are those of the NodeGroup");
  }

  @Override
  public void close() {
    cloud.close();
  }
}
