package dev.windlass.provider.azure;

import dev.windlass.core.model.NodeGroupName;
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
import dev.windlass.provider.testkit.VirtualClock;
import dev.windlass.provider.testkit.azure.FakeAzure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The Azure provider over its fake; groups are scale sets, or node pools of one cluster. */
final class AzureContractRig implements Rig {
  private static final int PAGE = 200;
  private static final int SMALL_PAGE = 5;
  private static final String IN_MACHINE =
      "Azure says beforehand what it takes only inside the machine: the node agent reads it";

  private final FakeAzure azure = new FakeAzure(new VirtualClock(AzureRig.NOW), PAGE);

  @Override
  public String provider() {
    return "azure";
  }

  @Override
  public FakeCloud cloud() {
    return azure;
  }

  @Override
  public CloudProvider connect(CallBudget budget, Duration timeout) {
    return AzureRig.connect(azure, budget, timeout);
  }

  @Override
  public GroupReference reference(FakeGroup group) {
    return new GroupReference(
        new NodeGroupName(group.id()),
        FakeAzure.RESOURCE_GROUP + "/" + group.id(),
        "",
        group.variants().stream().map(AzureRig::offering).toList());
  }

  @Override
  public List<Variant> onDemand() {
    return List.of(AzureRig.ZONE_1, AzureRig.ZONE_2);
  }

  @Override
  public boolean mixesPurchases() {
    return false;
  }

  @Override
  public Fault fault(Trouble trouble) {
    return switch (trouble) {
      case THROTTLED -> new Fault.Refusal(429, "TooManyRequests", "too many requests");
      case THROTTLED_FOR_SEVEN_SECONDS ->
          new Fault.Refusal(
              429, "OperationNotAllowed", "too many requests", Map.of("Retry-After", "7"));
      case SERVER_ERROR -> new Fault.Refusal(500, "InternalExecutionError", "an error occurred");
      case UNAVAILABLE -> new Fault.Refusal(503, "ServerBusy", "the service is busy");
      case BUSY -> new Fault.Refusal(409, "AnotherOperationInProgress", "another operation");
      case DENIED ->
          new Fault.Refusal(
              403,
              "AuthorizationFailed",
              "The client does not have authorization to perform action"
                  + " 'Microsoft.Compute/virtualMachineScaleSets/write' over scope"
                  + " '/subscriptions/x/resourceGroups/workers'");
      case EXPIRED -> new Fault.Refusal(401, "ExpiredAuthenticationToken", "the token expired");
      case SKEWED ->
          new Fault.Refusal(401, "InvalidAuthenticationToken", "the token is not yet valid");
      case NO_ADDRESSES -> new Fault.Refusal(400, "SubnetIsFull", "no address is left");
      case TEMPLATE_GONE -> new Fault.Refusal(404, "ImageNotFound", "the image is gone");
    };
  }

  @Override
  public Fault empty(String method) {
    return new Fault.Foreign(200, "application/json", "{\"value\":[]}");
  }

  @Override
  public OptionalInt absoluteTarget(Journal.Request request) {
    JsonNode capacity =
        JsonMapper.builder()
            .build()
            .readTree(request.arguments().getOrDefault("body", "{}"))
            .at("/sku/capacity");
    return capacity.isNumber() ? OptionalInt.of(capacity.intValue()) : OptionalInt.empty();
  }

  @Override
  public int smallPages() {
    azure.setPageSize(SMALL_PAGE);
    return SMALL_PAGE;
  }

  @Override
  public int requestsToObserve(int groups, int machines) {
    int pagesOfSets = (groups + PAGE - 1) / PAGE;
    return groups + pagesOfSets;
  }

  @Override
  public void addRival(String group) {
    azure.setTag(group, "aks-managed-poolName", "nodes");
  }

  @Override
  public Map<String, String> notApplicable() {
    return Map.of(
        "F39", IN_MACHINE,
        "F40", IN_MACHINE,
        "F41", IN_MACHINE);
  }

  @Override
  public void close() {
    azure.close();
  }
}
