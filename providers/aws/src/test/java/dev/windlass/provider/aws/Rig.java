package dev.windlass.provider.aws;

import dev.windlass.core.model.CloudFailure;
import dev.windlass.core.model.InstanceId;
import dev.windlass.core.model.NodeGroupName;
import dev.windlass.core.model.OperationId;
import dev.windlass.provider.spi.CallBudget;
import dev.windlass.provider.spi.CloudOutcome;
import dev.windlass.provider.spi.CloudProvider;
import dev.windlass.provider.spi.Deletion;
import dev.windlass.provider.spi.GroupReference;
import dev.windlass.provider.spi.GroupView;
import dev.windlass.provider.spi.Receipt;
import dev.windlass.provider.testkit.aws.AwsRequest;
import dev.windlass.provider.testkit.aws.FakeActivity;
import dev.windlass.provider.testkit.aws.FakeAws;
import dev.windlass.provider.testkit.aws.FakeInstance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** The provider with the real SDK, connected to a fake AWS with one group of 0 to 10 machines. */
final class Rig implements AutoCloseable {
  static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  static final GroupReference WEB =
      new GroupReference(new NodeGroupName("web"), "web-asg", "", List.of());
  static final OperationId OPERATION = new OperationId("increase:web:2");

  final FakeAws aws;
  final CloudProvider provider;

  private Rig(FakeAws aws, CallBudget budget) {
    this.aws = aws;
    this.provider = connect(aws.endpoint().toString(), budget);
  }

  static Rig start() {
    return start(CallBudget.UNLIMITED);
  }

  /** Pages hold two activities or machines. */
  static Rig start(CallBudget budget) {
    try {
      Rig rig = new Rig(new FakeAws(2), budget);
      rig.aws.addGroup("web-asg", 0, 10);
      return rig;
    } catch (IOException noPort) {
      throw new UncheckedIOException(noPort);
    }
  }

  static CloudProvider connect(String endpoint, CallBudget budget) {
    return connect(endpoint, budget, Duration.ofSeconds(10));
  }

  static CloudProvider connect(String endpoint, CallBudget budget, Duration timeout) {
    AwsSettings settings =
        new AwsSettings("team", "us-east-1", Optional.of(URI.create(endpoint)), timeout);
    return new AwsProvider(
        new AwsClients(
            settings,
            budget,
            () -> StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret"))),
        () -> NOW);
  }

  /** A running machine, and one more wanted. */
  FakeInstance addMachine(String id) {
    FakeInstance machine = machine(id, "InService", false);
    aws.put("web-asg", machine);
    aws.setDesired("web-asg", aws.desired("web-asg") + 1);
    return machine;
  }

  static FakeInstance machine(String id, String state, boolean spot) {
    return new FakeInstance(id, "m5.large", "us-east-1a", state, spot, NOW.minusSeconds(3_600));
  }

  void addActivity(String id, String status, String message, int minutesAgo) {
    aws.put("web-asg", new FakeActivity(id, status, message, NOW.minusSeconds(60L * minutesAgo)));
  }

  GroupView view() {
    return switch (provider.observe(WEB)) {
      case CloudOutcome.Done<GroupView> done -> done.value();
      case CloudOutcome<GroupView> other -> throw new AssertionError(other.toString());
    };
  }

  CloudOutcome<Receipt> increase(int from, int to) {
    return provider.increase(WEB, new CloudProvider.Increase(from, to, Map.of()), OPERATION);
  }

  CloudOutcome<Deletion> delete(String id) {
    return provider.delete(
        WEB, new InstanceId("aws:///us-east-1a/" + id), new OperationId("delete:" + id));
  }

  /** How often a method was called. */
  long calls(String action) {
    return actions().stream().filter(action::equals).count();
  }

  List<String> actions() {
    return aws.journal().stream().map(AwsRequest::action).toList();
  }

  static <T> CloudFailure.Cause cause(CloudOutcome<T> outcome) {
    return switch (outcome) {
      case CloudOutcome.Failed<T> failed -> failed.failure().cause();
      case CloudOutcome<T> other -> throw new AssertionError(other.toString());
    };
  }

  @Override
  public void close() {
    provider.close();
    aws.close();
  }
}
