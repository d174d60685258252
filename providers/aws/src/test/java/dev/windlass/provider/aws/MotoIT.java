package dev.windlass.provider.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.windlass.core.model.Instance;
import dev.windlass.core.model.InstanceId;
import dev.windlass.core.model.OperationId;
import dev.windlass.core.model.Purchase;
import dev.windlass.core.model.Resources;
import dev.windlass.core.model.Variant;
import dev.windlass.provider.spi.CloudProvider.Increase;
import dev.windlass.provider.spi.Deletion;
import dev.windlass.provider.spi.Discovery.Found;
import dev.windlass.provider.spi.GroupReference;
import dev.windlass.provider.spi.GroupView;
import dev.windlass.provider.spi.Notices.Notice;
import dev.windlass.provider.spi.Observation;
import dev.windlass.provider.spi.Receipt;
import dev.windlass.provider.spi.Templates.Described;
import dev.windlass.provider.spi.Templates.Gpu;
import dev.windlass.provider.testkit.aws.AwsEvents;
import dev.windlass.provider.testkit.aws.FakeAws;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.autoscaling.model.LaunchTemplateOverrides;
import software.amazon.awssdk.services.autoscaling.model.Tag;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.InstanceType;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The provider against an emulator that others wrote: moto. It proves wire formats, paging and the
 * good course of things; it launches at once, knows no failures and no launches by token, so groups
 * here pay in both ways: moto launches those on demand, which come first.
 */
class MotoIT {
  /** One of the images that moto has from the start. */
  private static final String IMAGE = "ami-12c6146b";

  private static final int MAX = 300;
  private static final String ENABLED = "k8s.io/cluster-autoscaler/enabled";

  private static @Nullable MotoServer moto;

  private final List<String> asked = new ArrayList<>();
  private @Nullable AwsProvider opened;

  @BeforeAll
  static void startMoto() throws IOException {
    Optional<Path> program = MotoServer.program();
    assumeTrue(
        program.isPresent(),
        "moto_server is neither on the PATH nor in .ci/moto; .ci/run installs it there");
    moto = MotoServer.start(program.orElseThrow());
  }

  @AfterAll
  static void stopMoto() {
    if (moto != null) {
      moto.close();
    }
  }

  private static MotoServer moto() {
    if (moto == null) {
      throw new IllegalStateException("moto was not started");
    }
    return moto;
  }

  @BeforeEach
  void connect() {
    moto().reset();
    opened =
        Rig.connect(
            moto().endpoint().toString(),
            (_, _, method) -> asked.add(method),
            Duration.ofSeconds(30),
            InstantSource.system());
  }

  @AfterEach
  void disconnect() {
    provider().close();
  }

  private AwsProvider provider() {
    if (opened == null) {
      throw new IllegalStateException("not connected");
    }
    return opened;
  }

  private static <B extends AwsClientBuilder<B, C>, C> C client(B builder) {
    return builder
        .endpointOverride(moto().endpoint())
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")))
        .build();
  }

  /** Makes a group of one type that pays in both ways. */
  private static GroupReference group(String name, String type, int desired) {
    return group(name, type, template(type), desired);
  }

  private static GroupReference group(String name, String type, String template, int desired) {
    LaunchTemplateOverrides override = LaunchTemplateOverrides.builder().instanceType(type).build();
    try (AutoScalingClient scaling = client(AutoScalingClient.builder())) {
      scaling.createAutoScalingGroup(request ->
          request
              .autoScalingGroupName(name)
              .minSize(0)
              .maxSize(MAX)
              .desiredCapacity(desired)
              .availabilityZones("us-east-1a")
              .tags(Tag.builder().key(ENABLED).value("true").propagateAtLaunch(false).build())
              .mixedInstancesPolicy(policy ->
                  policy
                      .launchTemplate(launch ->
                          launch
                              .launchTemplateSpecification(
                                  each -> each.launchTemplateId(template).version("$Latest"))
                              .overrides(List.of(override)))
                      .instancesDistribution(each ->
                          each.onDemandBaseCapacity(MAX).onDemandPercentageAboveBaseCapacity(50))));
    }
    return Rig.group(name, List.of(new Variant(type, "us-east-1a", Purchase.ON_DEMAND)));
  }

  private static String template(String type) {
    try (Ec2Client compute = client(Ec2Client.builder())) {
      return compute
          .createLaunchTemplate(request ->
              request
                  .launchTemplateName("of-" + type)
                  .launchTemplateData(
                      data -> data.imageId(IMAGE).instanceType(InstanceType.fromValue(type))))
          .launchTemplate()
          .launchTemplateId();
    }
  }

  private GroupView view(GroupReference group) {
    return Rig.value(provider().observe(group));
  }

  @Test
  void growsShrinksAndSeesIt() {
    GroupReference group = group("web", "m5.large", 1);
    assertThat(view(group).target()).isEqualTo(1);

    Receipt receipt =
        Rig.value(
            provider().increase(group, new Increase(1, 4, Map.of()), new OperationId("increase")));
    assertThat(receipt.target()).isEqualTo(4);
    List<Instance> machines = view(group).instances();
    assertThat(machines)
        .hasSize(4)
        .allMatch(machine -> machine.state() == Instance.State.RUNNING)
        .allMatch(machine -> machine.variant().equals(group.offerings().getFirst().variant()));

    InstanceId first = machines.getFirst().id();
    assertThat(Rig.value(provider().delete(group, first, new OperationId("delete"))))
        .isEqualTo(new Deletion.Accepted());
    assertThat(view(group).target()).isEqualTo(3);
    assertThat(view(group).instances()).extracting(Instance::id).doesNotContain(first).hasSize(3);
    assertThat(Rig.value(provider().delete(group, first, new OperationId("delete"))))
        .isEqualTo(new Deletion.Gone());
  }

  @Test
  void readsManyGroupsPageByPage() {
    List<GroupReference> groups = new ArrayList<>();
    String template = template("m5.large");
    for (int i = 0; i < 120; i++) {
      groups.add(group("group-" + i, "m5.large", template, 1));
    }
    asked.clear();

    Observation seen = provider().observe(groups);

    assertThat(seen.completeness()).isEqualTo(Observation.Completeness.COMPLETE);
    assertThat(asked)
        .containsExactlyInAnyOrder(
            "DescribeAutoScalingGroups", "DescribeAutoScalingGroups", "DescribeInstances");
    assertThat(Rig.value(provider().discover("", Map.of(ENABLED, "true"))))
        .extracting(Found::cloudId)
        .hasSize(120)
        .doesNotHaveDuplicates();
  }

  @Test
  void findsNothingByATagThatNoGroupHas() {
    group("web", "m5.large", 0);

    assertThat(Rig.value(provider().discover("", Map.of(ENABLED, "false")))).isEmpty();
    assertThat(Rig.value(provider().discover("", Map.of("another", "")))).isEmpty();
  }

  @Test
  void describesTypesThatEmulatorsKnow() {
    GroupReference large = group("large", "m5.xlarge", 0);
    GroupReference gpus = group("gpus", "p5.48xlarge", 0);

    Described plain = Rig.value(provider().variants(large)).getFirst();
    Described gpu = Rig.value(provider().variants(gpus)).getFirst();

    assertThat(plain.capacity().get(Resources.CPU)).isEqualTo(4_000);
    assertThat(plain.capacity().get(Resources.PODS)).isEqualTo(58);
    assertThat(plain.allocatable().get(Resources.CPU)).isEqualTo(3_920);
    assertThat(gpu.gpu()).isEqualTo(new Gpu("H100", 8, 81_920));
    assertThat(gpu.capacity().get(Resources.PODS)).isEqualTo(100);
    assertThat(gpu.allocatable().get(Resources.CPU)).isEqualTo(191_450);
  }

  @Test
  void receivesNoticesAndSettlesThem() {
    Instant at = Instant.parse("2026-03-01T12:00:00Z");
    try (SqsClient queues = client(SqsClient.builder())) {
      String url = queues.createQueue(request -> request.queueName(FakeAws.QUEUE)).queueUrl();
      for (int i = 0; i < 12; i++) {
        String body = AwsEvents.interruption("i-" + i, at);
        queues.sendMessage(request -> request.queueUrl(url).messageBody(body));
      }
      queues.sendMessage(request -> request.queueUrl(url).messageBody("no event"));
    }

    List<Notice> notices = new ArrayList<>();
    for (int round = 0; round < 5 && notices.size() < 12; round++) {
      notices.addAll(Rig.value(provider().notices()));
    }

    assertThat(notices).extracting(Notice::instance).doesNotHaveDuplicates().hasSize(12);
    assertThat(Rig.value(provider().settle(notices))).isEqualTo(12);
    assertThat(provider().queue().parked()).containsExactly("no event");
  }
}
