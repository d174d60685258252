package dev.windlass.provider.aws;

import dev.windlass.core.model.CloudFailure;
import dev.windlass.core.model.InstanceId;
import dev.windlass.core.model.NodeGroupName;
import dev.windlass.core.model.NodeTemplate;
import dev.windlass.core.model.Offering;
import dev.windlass.core.model.OperationId;
import dev.windlass.core.model.Price;
import dev.windlass.core.model.Purchase;
import dev.windlass.core.model.Resources;
import dev.windlass.core.model.Variant;
import dev.windlass.provider.spi.CallBudget;
import dev.windlass.provider.spi.CloudOutcome;
import dev.windlass.provider.spi.CloudProvider;
import dev.windlass.provider.spi.Deletion;
import dev.windlass.provider.spi.GroupReference;
import dev.windlass.provider.spi.GroupView;
import dev.windlass.provider.spi.Receipt;
import dev.windlass.provider.testkit.FakeCloud.FakeGroup;
import dev.windlass.provider.testkit.Fault;
import dev.windlass.provider.testkit.FaultScript.Target;
import dev.windlass.provider.testkit.aws.AwsActivity;
import dev.windlass.provider.testkit.aws.FakeAws;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/**
 * The provider with the real SDK, connected to a fake AWS with one group of 0 to 10 machines in
 * which nothing happens by itself.
 */
final class Rig implements AutoCloseable {
  static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  static final Variant LARGE = new Variant("m5.large", "us-east-1a", Purchase.ON_DEMAND);
  static final String WEB_ASG = "web-asg";
  static final GroupReference WEB = group(WEB_ASG, List.of(LARGE));
  static final OperationId OPERATION = new OperationId("increase:web:2");

  final FakeAws aws;
  final AwsProvider provider;

  private Rig(FakeAws aws, CallBudget budget) {
    this.aws = aws;
    this.provider = connect(aws.endpoint().toString(), budget, Duration.ofSeconds(10), aws.clock());
  }

  static Rig start() {
    return start(CallBudget.UNLIMITED);
  }

  /** Pages hold one group and two activities or machines. */
  static Rig start(CallBudget budget) {
    try {
      Rig rig = new Rig(new FakeAws(NOW), budget);
      rig.aws.setPages(1, 2, 2);
      rig.add(WEB_ASG, List.of(LARGE));
      rig.aws.alter(WEB_ASG, group -> group.frozen = true);
      return rig;
    } catch (IOException noPort) {
      throw new UncheckedIOException(noPort);
    }
  }

  /** Adds a group of 0 to 10 machines, empty at first. */
  void add(String name, List<Variant> variants) {
    aws.addGroup(new FakeGroup(name, 0, 10, 0, variants));
  }

  static GroupReference group(String cloudId, List<Variant> variants) {
    NodeTemplate template =
        new NodeTemplate(Map.of(), List.of(), List.of(), Resources.NONE, List.of(), Map.of());
    return new GroupReference(
        new NodeGroupName(cloudId),
        cloudId,
        "",
        variants.stream().map(each -> new Offering(each, Price.FREE, template)).toList());
  }

  static AwsProvider connect(
      String endpoint, CallBudget budget, Duration timeout, InstantSource clock) {
    AwsSettings settings =
        new AwsSettings(
            "team", "us-east-1", Optional.of(URI.create(endpoint)), timeout, FakeAws.QUEUE);
    return new AwsProvider(
        new AwsClients(
            settings,
            budget,
            () -> StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret"))),
        true,
        clock);
  }

  static AwsProvider connect(String endpoint, CallBudget budget) {
    return connect(endpoint, budget, Duration.ofSeconds(10), () -> NOW);
  }

  /** A running machine, and one more wanted. */
  void addMachine(String id) {
    put(id, "InService", LARGE);
    aws.setTarget(WEB_ASG, aws.target(WEB_ASG) + 1);
  }

  void put(String id, String state, Variant variant) {
    aws.put(WEB_ASG, id, variant, state, NOW.minusSeconds(3_600));
  }

  void addActivity(String id, String status, String message, int minutesAgo) {
    aws.put(WEB_ASG, new AwsActivity(id, status, message, "", NOW.minusSeconds(60L * minutesAgo)));
  }

  void refuse(String method, int status, String code) {
    aws.faults().once(Target.of(method), new Fault.Refusal(status, code, "the service's words"));
  }

  GroupView view() {
    return value(provider.observe(WEB));
  }

  CloudOutcome<Receipt> increase(int from, int to) {
    return increase(WEB, from, to, Map.of());
  }

  CloudOutcome<Receipt> increase(
      GroupReference group, int from, int to, Map<Variant, Integer> machines) {
    return provider.increase(group, new CloudProvider.Increase(from, to, machines), OPERATION);
  }

  CloudOutcome<Deletion> delete(String id) {
    return provider.delete(WEB, machine(id), new OperationId("delete:" + id));
  }

  static InstanceId machine(String id) {
    return new InstanceId("aws:///us-east-1a/" + id);
  }

  /** How often a method was called. */
  int calls(String method) {
    return aws.journal().of(method).size();
  }

  static <T> T value(CloudOutcome<T> outcome) {
    return switch (outcome) {
      case CloudOutcome.Done<T> done -> done.value();
      case CloudOutcome<T> other -> throw new AssertionError(other.toString());
    };
  }

  static <T> CloudFailure failure(CloudOutcome<T> outcome) {
    return switch (outcome) {
      case CloudOutcome.Failed<T> failed -> failed.failure();
      case CloudOutcome<T> other -> throw new AssertionError(other.toString());
    };
  }

  static <T> CloudFailure.Cause cause(CloudOutcome<T> outcome) {
    return failure(outcome).cause();
  }

  @Override
  public void close() {
    provider.close();
    aws.close();
  }
}
