package dev.windlass.provider.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.CloudFailure.Cause;
import dev.windlass.core.model.Purchase;
import dev.windlass.core.model.Resources;
import dev.windlass.core.model.Taint;
import dev.windlass.core.model.Variant;
import dev.windlass.provider.spi.CloudOutcome;
import dev.windlass.provider.spi.Templates.Described;
import dev.windlass.provider.spi.Templates.Gpu;
import dev.windlass.provider.spi.Templates.Provenance;
import dev.windlass.provider.testkit.FakeCloud.FakeGroup;
import dev.windlass.provider.testkit.aws.AwsNodegroup;
import dev.windlass.provider.testkit.aws.MachineType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What nodes of a group that has none will look like. */
class TemplatesIT {
  private static final String TAG = "k8s.io/cluster-autoscaler/node-template/";

  private final Rig rig = Rig.start();

  @AfterEach
  void stop() {
    rig.close();
  }

  private List<Described> variants(String group) {
    return Rig.value(rig.provider.variants(Rig.group(group, List.of())));
  }

  private static Variant of(String type, String zone, Purchase purchase) {
    return new Variant(type, zone, purchase);
  }

  private void add(String name, Variant... variants) {
    rig.aws.addGroup(new FakeGroup(name, 0, 10, 0, List.of(variants)));
  }

  @Test
  void readsALaunchTemplateAlone() {
    Described only = variants(Rig.WEB_ASG).getFirst();

    assertThat(only.variant()).isEqualTo(Rig.LARGE);
    assertThat(only.unavailable()).isEmpty();
    assertThat(only.labels())
        .containsEntry("kubernetes.io/arch", "amd64")
        .containsEntry("kubernetes.io/os", "linux")
        .containsEntry("node.kubernetes.io/instance-type", "m5.large")
        .containsEntry("topology.kubernetes.io/region", "us-east-1")
        .containsEntry("topology.kubernetes.io/zone", "us-east-1a");
    assertThat(only.capacity().get(Resources.CPU)).isEqualTo(2_000);
    assertThat(only.capacity().get(Resources.PODS)).isEqualTo(29);
    assertThat(only.capacity().get(Resources.EPHEMERAL_STORAGE)).isEqualTo(20L << 30);
    assertThat(only.allocatable().get(Resources.CPU)).isEqualTo(1_930);
    assertThat(only.provenance())
        .containsEntry("capacity", Provenance.API)
        .containsEntry("allocatable", Provenance.FORMULA);
  }

  @Test
  void readsEveryOverrideInEveryZoneAndPurchase() {
    add(
        "mixed",
        of("m5.large", "us-east-1a", Purchase.ON_DEMAND),
        of("c5.xlarge", "us-east-1b", Purchase.SPOT));

    assertThat(variants("mixed"))
        .extracting(Described::variant)
        .containsExactlyInAnyOrder(
            of("m5.large", "us-east-1a", Purchase.ON_DEMAND),
            of("m5.large", "us-east-1a", Purchase.SPOT),
            of("m5.large", "us-east-1b", Purchase.ON_DEMAND),
            of("m5.large", "us-east-1b", Purchase.SPOT),
            of("c5.xlarge", "us-east-1a", Purchase.ON_DEMAND),
            of("c5.xlarge", "us-east-1a", Purchase.SPOT),
            of("c5.xlarge", "us-east-1b", Purchase.ON_DEMAND),
            of("c5.xlarge", "us-east-1b", Purchase.SPOT));
  }

  @Test
  void resolvesTypesByTheirRequirementsPageByPage() {
    add("flexible", Rig.LARGE);
    rig.aws.alter("flexible", group -> group.byRequirements = true);

    assertThat(variants("flexible"))
        .extracting(each -> each.variant().instanceType())
        .contains("c5.xlarge", "m5.large", "m5.xlarge", "m6i.xlarge", "m5.2xlarge")
        .doesNotContain("g5.xlarge");
    assertThat(rig.calls("GetInstanceTypesFromInstanceRequirements")).isEqualTo(2);
    assertThat(
            rig.aws
                .journal()
                .of("GetInstanceTypesFromInstanceRequirements")
                .getFirst()
                .request()
                .arguments())
        .containsEntry("InstanceRequirements.VCpuCount.Min", "1")
        .containsEntry("InstanceRequirements.MemoryMiB.Min", "1");
  }

  @Test
  void countsWholeAndPartialGpus() {
    add(
        "gpu",
        of("p5.48xlarge", "us-east-1a", Purchase.ON_DEMAND),
        of("g6f.large", "us-east-1a", Purchase.ON_DEMAND));

    assertThat(variants("gpu"))
        .extracting(Described::gpu)
        .containsExactly(new Gpu("H100", 8, 81_920), new Gpu("L4", 1, 2_861));
    assertThat(variants("gpu"))
        .extracting(each -> each.capacity().get(Resources.NVIDIA_GPU))
        .containsExactly(8L, 1L);
  }

  @Test
  void anUnknownTypeIsUnavailableAndTheOthersAreNot() {
    add(
        "odd",
        of("m5.large", "us-east-1a", Purchase.ON_DEMAND),
        of("z9.mega", "us-east-1a", Purchase.ON_DEMAND));

    assertThat(variants("odd"))
        .extracting(Described::unavailable)
        .containsExactlyInAnyOrder("", "EC2 knows no instance type z9.mega in this region");
  }

  @Test
  void readsTheTagsOfClusterAutoscaler() {
    rig.aws.alter(
        Rig.WEB_ASG,
        group -> {
          group.tags.put(TAG + "label/team", "a");
          group.tags.put(TAG + "taint/dedicated", "infra:NoExecute");
          group.tags.put(TAG + "resources/ephemeral-storage", "100Gi");
          group.tags.put(TAG + "resources/example.com/fpga", "2");
        });

    Described only = variants(Rig.WEB_ASG).getFirst();

    assertThat(only.labels()).containsEntry("team", "a");
    assertThat(only.taints())
        .containsExactly(new Taint("dedicated", "infra", Taint.Effect.NO_EXECUTE));
    assertThat(only.capacity().get(Resources.EPHEMERAL_STORAGE)).isEqualTo(100L << 30);
    assertThat(only.allocatable().get("example.com/fpga")).isEqualTo(2);
    assertThat(only.provenance()).containsEntry("labels", Provenance.TAG);
  }

  @Test
  void saysWhichTagCannotBeRead() {
    rig.aws.alter(Rig.WEB_ASG, group -> group.tags.put(TAG + "taint/dedicated", "sometimes"));

    assertThat(variants(Rig.WEB_ASG).getFirst().unavailable()).contains("taint/dedicated");
  }

  @Test
  void readsLabelsTaintsAndPodsOfAManagedNodeGroup() {
    rig.aws.put(
        new MachineType("m5.24xlarge", 96, 393_216, "x86_64", 15, 50, MachineType.Gpus.NONE));
    add(
        "managed",
        of("m5.large", "us-east-1a", Purchase.ON_DEMAND),
        of("m5.24xlarge", "us-east-1a", Purchase.ON_DEMAND));
    rig.aws.alter(
        "managed",
        group -> {
          group.tags.put("eks:cluster-name", "prod");
          group.tags.put("eks:nodegroup-name", "workers");
        });
    rig.aws.put(
        "prod",
        "workers",
        new AwsNodegroup(
            "managed",
            "ACTIVE",
            Map.of("team", "b"),
            List.of("dedicated=gpu:NO_SCHEDULE"),
            Map.of()));

    assertThat(variants("managed"))
        .hasSize(2)
        .allSatisfy(each -> {
          assertThat(each.labels())
              .containsEntry("team", "b")
              .containsEntry("eks.amazonaws.com/nodegroup", "workers")
              .containsEntry("eks.amazonaws.com/capacityType", "ON_DEMAND")
              .doesNotContainKey("eks:cluster-name");
          assertThat(each.taints())
              .containsExactly(new Taint("dedicated", "gpu", Taint.Effect.NO_SCHEDULE));
          assertThat(each.capacity().get(Resources.PODS)).isEqualTo(29);
        });
  }

  @Test
  void readsTheArchitectureAndTheSystem() {
    add("arm", of("c7g.large", "us-east-1a", Purchase.ON_DEMAND));
    rig.aws.alter("arm", group -> group.template = group.template.withImage("ami-arm"));
    rig.aws.alter(Rig.WEB_ASG, group -> group.template = group.template.withImage("ami-windows"));

    assertThat(variants("arm").getFirst().labels()).containsEntry("kubernetes.io/arch", "arm64");
    assertThat(variants(Rig.WEB_ASG).getFirst().labels())
        .containsEntry("kubernetes.io/os", "windows");
  }

  @Test
  void aTemplateWhoseImageIsGoneIsForAPersonToChange() {
    rig.aws.alter(Rig.WEB_ASG, group -> group.template = group.template.withImage("ami-gone"));

    CloudOutcome<List<Described>> outcome = rig.provider.variants(Rig.WEB);

    assertThat(Rig.cause(outcome)).isEqualTo(Cause.CONFIG);
    assertThat(Rig.failure(outcome).message()).contains("ami-gone");
  }

  @Test
  void aLaunchConfigurationCannotBeRead() {
    rig.aws.alter(Rig.WEB_ASG, group -> group.launchConfiguration = true);

    assertThat(Rig.cause(rig.provider.variants(Rig.WEB))).isEqualTo(Cause.CONFIG);
  }
}
