package dev.windlass.core.scaleup;

import static dev.windlass.core.testing.Cluster.cluster;
import static dev.windlass.core.testing.Drivers.DRIVER;
import static dev.windlass.core.testing.Drivers.claim;
import static dev.windlass.core.testing.Drivers.gpus;
import static dev.windlass.core.testing.Drivers.model;
import static dev.windlass.core.testing.Drivers.slice;
import static dev.windlass.core.testing.Drivers.want;
import static dev.windlass.core.testing.Groups.group;
import static dev.windlass.core.testing.Nodes.node;
import static dev.windlass.core.testing.Pods.key;
import static dev.windlass.core.testing.Pods.pod;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.DeviceClaim;
import dev.windlass.core.model.DeviceClass;
import dev.windlass.core.model.DeviceId;
import dev.windlass.core.model.DeviceNodes;
import dev.windlass.core.model.DeviceSelector;
import dev.windlass.core.model.Devices;
import dev.windlass.core.model.NodeName;
import dev.windlass.core.model.NodeSelectorTerm;
import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.model.Requirement;
import dev.windlass.core.model.ResourceClaim;
import dev.windlass.core.model.ResourceSlice;
import dev.windlass.core.testing.Cluster;
import dev.windlass.core.testing.Drivers;
import dev.windlass.core.testing.Groups;
import dev.windlass.core.testing.Pods;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DeviceScaleUpTest {
  private static final String TEMPLATE = ResourceSlice.TEMPLATE_NODE;

  private static Groups gpuGroup(String name, int devices, double usd) {
    return group(name)
        .slices(List.of(slice(TEMPLATE, gpus(devices, "a100"))))
        .offers("t-" + name, 16_000, 65_536, 0, usd);
  }

  private static Devices devices(
      Map<ObjectKey, ResourceClaim> claims,
      Map<String, DeviceClaim> templates,
      ResourceSlice... slices) {
    Map<ObjectKey, DeviceClaim> keyed = new HashMap<>();
    templates.forEach((name, spec) -> keyed.put(key(name), spec));
    return new Devices(claims, keyed, Map.of("gpu", Drivers.ANY), List.of(slices));
  }

  private static Devices templates(Map<String, DeviceClaim> templates, ResourceSlice... slices) {
    return devices(Map.of(), templates, slices);
  }

  private static ResourceClaim allocated(String name, String node, String... devices) {
    List<ResourceClaim.Held> held = new ArrayList<>();
    for (String device : devices) {
      held.add(new ResourceClaim.Held(new DeviceId(DRIVER, node, device), false, null));
    }
    Requirement there = new Requirement("metadata.name", Requirement.Operator.IN, Set.of(node));
    return new ResourceClaim(
        key(name),
        claim(want("r", devices.length)),
        new ResourceClaim.Allocation(
            held, List.of(new NodeSelectorTerm(List.of(), List.of(there)))),
        1,
        false);
  }

  private static ScaleUpPlan plan(Cluster cluster) {
    return cluster.decide().plans().scaleUp();
  }

  private static Pods[] pods(int count, String template) {
    Pods[] pods = new Pods[count];
    for (int index = 0; index < count; index++) {
      pods[index] = pod("p" + index).cpu(100).claimFrom(template);
    }
    return pods;
  }

  private static Map<String, Integer> targets(ScaleUpPlan plan) {
    Map<String, Integer> targets = new HashMap<>();
    plan.increases().forEach(each -> targets.put(each.nodeGroup().value(), each.to()));
    return targets;
  }

  private static String onlyReason(ScaleUpPlan plan) {
    Unhelped.Reason reason = plan.unhelped().getFirst().reasons().getFirst();
    return reason.rule().title() + ": " + reason.message();
  }

  @Test
  void buysANodeOfAGroupAtZeroForAClaim() {
    ScaleUpPlan plan =
        plan(
            cluster()
                .with(group("plain").offers("t-plain", 16_000, 65_536, 0, 0.1))
                .with(gpuGroup("gpu", 2, 5))
                .devices(templates(Map.of("one", claim(want("r", 1, model("a100"))))))
                .with(pods(3, "one")));

    assertThat(targets(plan)).containsExactly(Map.entry("gpu", 2));
    assertThat(plan.unhelped()).isEmpty();
  }

  @Test
  void buysTheCheapestNodesForManyClaims() {
    ScaleUpPlan plan =
        plan(
            cluster()
                .with(gpuGroup("small", 1, 3), gpuGroup("large", 8, 8))
                .devices(templates(Map.of("one", claim(want("r", 1)), "four", claim(want("r", 4)))))
                .with(pods(12, "one"))
                .with(pod("four").cpu(100).claimFrom("four")));

    assertThat(targets(plan)).containsExactly(Map.entry("large", 2));
  }

  @Test
  void aRunningNodeShowsWhatItsGroupBrings() {
    ScaleUpPlan plan =
        plan(
            cluster()
                .with(group("gpu").offers("t", 16_000, 65_536, 0, 5).size(0, 9, 1))
                .node("gpu", "t", node("n1").cpu(16_000))
                .devices(
                    devices(
                        Map.of(key("taken"), allocated("taken", "n1", "gpu-0", "gpu-1")),
                        Map.of("one", claim(want("r", 1))),
                        slice("n1", gpus(2, "a100"))))
                .with(pods(1, "one")));

    assertThat(targets(plan)).containsExactly(Map.entry("gpu", 2));
  }

  @Test
  void waitsForTheDriverOfAYoungNodeInsteadOfBuyingAnother() {
    ScaleUpPlan plan =
        plan(
            cluster()
                .with(gpuGroup("gpu", 2, 5).size(0, 9, 1))
                .node("gpu", "t-gpu", node("n1").cpu(16_000).created(Pods.NOON.minusSeconds(60)))
                .devices(templates(Map.of("one", claim(want("r", 1)))))
                .with(pods(2, "one")));

    assertThat(plan.increases()).isEmpty();
    assertThat(plan.unhelped()).isEmpty();
  }

  @Test
  void waitsForTheRestOfAYoungNodesPool() {
    ResourceSlice half =
        new ResourceSlice(
            "half",
            new ResourceSlice.Pool(DRIVER, "n1", 1, 2),
            new DeviceNodes.One("n1"),
            Map.of(),
            gpus(1, "a100"));
    ScaleUpPlan plan =
        plan(
            cluster()
                .with(gpuGroup("gpu", 2, 5).size(0, 9, 1))
                .node("gpu", "t-gpu", node("n1").cpu(16_000).created(Pods.NOON.minusSeconds(60)))
                .devices(templates(Map.of("one", claim(want("r", 1))), half))
                .with(pods(2, "one")));

    assertThat(plan.increases()).isEmpty();
  }

  @Test
  void takesWhatIsFreeOnANodeThatIsThere() {
    ScaleUpPlan plan =
        plan(
            cluster()
                .with(gpuGroup("gpu", 2, 5))
                .with(node("n1"))
                .devices(
                    devices(
                        Map.of(key("taken"), allocated("taken", "n1", "gpu-1")),
                        Map.of("one", claim(want("r", 1))),
                        slice("n1", gpus(3, "a100"))))
                .with(pod("old").cpu(100).claim("taken").on("n1"))
                .with(pods(3, "one")));

    assertThat(targets(plan)).containsExactly(Map.entry("gpu", 1));
    assertThat(plan.placements())
        .filteredOn(PodPlacement.OnNode.class::isInstance)
        .extracting(PodPlacement::pod)
        .containsExactly(key("p0"), key("p1"));
  }

  @Test
  void podsThatShareAClaimGoToOneNode() {
    ScaleUpPlan plan =
        plan(
            cluster()
                .with(gpuGroup("gpu", 1, 5))
                .devices(
                    devices(
                        Map.of(key("shared"), ResourceClaim.of(key("shared"), claim(want("r", 1)))),
                        Map.of()))
                .with(pod("a").cpu(6_000).claim("shared"), pod("b").cpu(6_000).claim("shared"))
                .with(pod("c").cpu(6_000).claim("shared")));

    assertThat(targets(plan)).containsExactly(Map.entry("gpu", 1));
    assertThat(plan.unhelped()).hasSize(1);
    assertThat(onlyReason(plan))
        .isEqualTo("DeviceClaim: claim default/shared got devices that this node does not reach");
  }

  @Test
  void anAllocatedClaimBindsItsPodsToItsNodes() {
    Cluster cluster =
        cluster()
            .with(node("n1"), node("n2"))
            .devices(
                devices(
                    Map.of(key("here"), allocated("here", "n2", "gpu-0")),
                    Map.of(),
                    slice("n1", gpus(1, "a100")),
                    slice("n2", gpus(1, "a100"))))
            .with(pod("p").cpu(100).claim("here"));

    assertThat(plan(cluster).placements())
        .containsExactly(new PodPlacement.OnNode(key("p"), new NodeName("n2")));
  }

  @Test
  void aNetworkDeviceIsGivenOnce() {
    ResourceSlice network =
        new ResourceSlice(
            "net",
            new ResourceSlice.Pool(DRIVER, "net", 1, 1),
            new DeviceNodes.All(),
            Map.of(),
            gpus(1, "a100"));
    ScaleUpPlan plan =
        plan(
            cluster()
                .with(node("n1"), node("n2"))
                .with(group("plain").offers("t-plain", 16_000, 65_536, 0, 0.1))
                .devices(templates(Map.of("one", claim(want("r", 1))), network))
                .with(pods(2, "one")));

    assertThat(plan.placements()).hasSize(1);
    assertThat(plan.increases()).isEmpty();
    assertThat(onlyReason(plan))
        .isEqualTo(
            "Devices: claim one of template one, request r: wants 1 of class gpu, the node reaches"
                + " 1 devices, 1 match, 0 of these are free, 0 without a taint");
  }

  @Test
  void anExtendedResourceIsBoughtAsDevicesWhereNodesDoNotAdvertiseIt() {
    DeviceClass backing = new DeviceClass("gpu", List.of(), "example.com/gpu");
    Devices devices = new Devices(Map.of(), Map.of(), Map.of("gpu", backing), List.of());

    ScaleUpPlan plan =
        plan(
            cluster()
                .with(group("plain").offers("t-plain", 16_000, 65_536, 0, 0.1))
                .with(gpuGroup("gpu", 2, 5))
                .devices(devices)
                .with(pod("a").cpu(100).resource("example.com/gpu", 1))
                .with(pod("b").cpu(100).resource("example.com/gpu", 2))
                .with(pod("c").cpu(100).resource("deviceclass.resource.kubernetes.io/gpu", 1))
                .with(pod("d").cpu(100).resource("example.com/gpu", 3)));

    assertThat(targets(plan)).containsExactly(Map.entry("gpu", 2));
    assertThat(plan.unhelped()).extracting(Unhelped::pod).containsExactly(key("d"));
    assertThat(onlyReason(plan))
        .startsWith("Devices: extended resources, request example.com/gpu: wants 3 of class gpu");
  }

  @Test
  void saysWhichRequestFoundTooFewDevices() {
    ScaleUpPlan plan =
        plan(
            cluster()
                .with(gpuGroup("gpu", 2, 5))
                .devices(templates(Map.of("three", claim(want("r", 3, model("a100"))))))
                .with(pods(1, "three")));

    assertThat(onlyReason(plan))
        .isEqualTo(
            "Devices: claim three of template three, request r: wants 3 of class gpu"
                + " ({model=Text[value=a100]}), the node reaches 2 devices, 2 match, 2 of these are"
                + " free, 2 without a taint");
  }

  @Test
  void anInvalidSelectorIsThePodsProblemAlone() {
    DeviceSelector invalid = new DeviceSelector.Invalid("device.", "syntax error");
    ScaleUpPlan plan =
        plan(
            cluster()
                .with(gpuGroup("gpu", 2, 5))
                .devices(
                    templates(
                        Map.of("bad", claim(want("r", 1, invalid)), "one", claim(want("r", 1)))))
                .with(pod("bad").cpu(100_000).claimFrom("bad"))
                .with(pods(1, "one")));

    assertThat(onlyReason(plan))
        .isEqualTo(
            "InvalidSpec: claim bad of template bad, request r: selectors[0].cel.expression:"
                + " device.: syntax error");
    assertThat(targets(plan)).containsExactly(Map.entry("gpu", 1));
  }

  @Test
  void aMissingTemplateOrClassIsNamed() {
    Devices none = new Devices(Map.of(), Map.of(), Map.of(), List.of());
    Cluster cluster = cluster().with(gpuGroup("gpu", 2, 5)).devices(none).with(pods(1, "gone"));

    assertThat(onlyReason(plan(cluster)))
        .isEqualTo("DeviceClaim: claim template default/gone does not exist");
  }
}
