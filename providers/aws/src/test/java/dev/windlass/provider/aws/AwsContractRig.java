package dev.windlass.provider.aws;

import dev.windlass.core.model.NodeGroupName;
import dev.windlass.core.model.NodeTemplate;
import dev.windlass.core.model.Offering;
import dev.windlass.core.model.Price;
import dev.windlass.core.model.Purchase;
import dev.windlass.core.model.Resources;
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
import dev.windlass.provider.testkit.aws.FakeAws;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** The AWS provider with the real SDK over the fake. */
final class AwsContractRig implements Rig {
  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  private static final int SMALL_PAGE = 4;
  private static final int ACTIVITY_PAGES = 10;

  private final FakeAws aws;

  AwsContractRig() throws IOException {
    aws = new FakeAws(START);
    aws.setPrice("m5.large", "", "0.096");
  }

  @Override
  public String provider() {
    return "aws";
  }

  @Override
  public FakeCloud cloud() {
    return aws;
  }

  @Override
  public CloudProvider connect(CallBudget budget, Duration timeout) {
    AwsSettings settings =
        new AwsSettings(
            "team",
            "us-east-1",
            Optional.of(URI.create(aws.endpoint().toString())),
            timeout,
            FakeAws.QUEUE);
    return new AwsProvider(
        new AwsClients(
            settings,
            budget,
            () -> StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret"))),
        true,
        aws.clock());
  }

  @Override
  public GroupReference reference(FakeGroup group) {
    NodeTemplate template =
        new NodeTemplate(Map.of(), List.of(), List.of(), Resources.NONE, List.of(), Map.of());
    return new GroupReference(
        new NodeGroupName(group.id()),
        group.id(),
        "",
        group.variants().stream().map(each -> new Offering(each, Price.FREE, template)).toList());
  }

  @Override
  public List<Variant> onDemand() {
    return List.of(
        new Variant("m5.large", "us-east-1a", Purchase.ON_DEMAND),
        new Variant("m5.large", "us-east-1b", Purchase.ON_DEMAND));
  }

  @Override
  public boolean mixesPurchases() {
    return false;
  }

  @Override
  public Fault fault(Trouble trouble) {
    return switch (trouble) {
      case THROTTLED -> new Fault.Refusal(400, "Throttling", "Rate exceeded");
      case THROTTLED_FOR_SEVEN_SECONDS ->
          new Fault.Refusal(400, "Throttling", "Rate exceeded", Map.of("Retry-After", "7"));
      case SERVER_ERROR -> new Fault.Refusal(500, "InternalFailure", "We failed");
      case UNAVAILABLE -> new Fault.Refusal(503, "ServiceUnavailable", "We are not there");
      case BUSY -> new Fault.Refusal(400, "ScalingActivityInProgress", "An activity goes on");
      case DENIED -> new Fault.Refusal(403, "AccessDenied", "The identity is not authorized");
      case EXPIRED -> new Fault.Refusal(403, "ExpiredToken", "The token is expired");
      case SKEWED -> new Fault.Refusal(400, "RequestExpired", "The request has expired");
      case NO_ADDRESSES ->
          new Fault.Refusal(
              400, "InsufficientFreeAddressesInSubnet", "There are not enough free addresses");
      case TEMPLATE_GONE ->
          new Fault.Refusal(
              400, "InvalidLaunchTemplateId.NotFound", "The launch template does not exist");
    };
  }

  @Override
  public Fault empty(String method) {
    String list =
        switch (method) {
          case "DescribeAutoScalingGroups" -> "<AutoScalingGroups/>";
          case "DescribeScalingActivities" -> "<Activities/>";
          case "DescribeWarmPool" -> "<Instances/>";
          default -> "<reservationSet/>";
        };
    String body =
        list.startsWith("<res")
            ? list
            : "<" + method + "Result>" + list + "</" + method + "Result>";
    return new Fault.Foreign(
        200, "text/xml", "<" + method + "Response>" + body + "</" + method + "Response>");
  }

  @Override
  public OptionalInt absoluteTarget(Journal.Request request) {
    return request.method().equals("SetDesiredCapacity")
        ? OptionalInt.of(Integer.parseInt(request.arguments().getOrDefault("DesiredCapacity", "")))
        : OptionalInt.empty();
  }

  @Override
  public int smallPages() {
    aws.setPages(1, 2, SMALL_PAGE);
    return SMALL_PAGE;
  }

  @Override
  public int requestsToObserve(int groups, int machines) {
    return groups / 100 + machines / 1_000 + ACTIVITY_PAGES;
  }

  @Override
  public void addRival(String group) {
    aws.alter(group, each -> each.capacityRebalance = true);
  }

  @Override
  public Map<String, String> notApplicable() {
    return Map.of();
  }

  @Override
  public void close() {
    aws.close();
  }
}
