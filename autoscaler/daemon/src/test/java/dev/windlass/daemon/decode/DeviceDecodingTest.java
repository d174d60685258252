package dev.windlass.daemon.decode;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.Device;
import dev.windlass.core.model.Device.Attribute;
import dev.windlass.core.model.DeviceClaim;
import dev.windlass.core.model.DeviceClass;
import dev.windlass.core.model.DeviceId;
import dev.windlass.core.model.DeviceNodes;
import dev.windlass.core.model.DeviceRequest;
import dev.windlass.core.model.DeviceRequest.Count;
import dev.windlass.core.model.DeviceSelector;
import dev.windlass.core.model.DeviceTaint;
import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.model.Pod;
import dev.windlass.core.model.PodDeviceClaim;
import dev.windlass.core.model.ResourceClaim.Allocation;
import dev.windlass.core.model.ResourceClaim.Held;
import dev.windlass.core.model.ResourceSlice;
import dev.windlass.core.model.Taint;
import dev.windlass.daemon.cel.DeviceExpressions;
import io.fabric8.kubernetes.api.model.resource.v1.ResourceClaim;
import io.fabric8.kubernetes.api.model.resource.v1.ResourceClaimTemplate;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DeviceDecodingTest {
  private static final ResourceClaimDecoder DECODER =
      new ResourceClaimDecoder(DeviceExpressions.SHARED);

  private static DeviceClaim spec(String devices) {
    return DECODER
        .template(
            Manifests.read(
                "metadata: {name: t, namespace: shop}\nspec:\n  spec:\n    devices:\n"
                    + devices.indent(6),
                ResourceClaimTemplate.class))
        .getValue();
  }

  private static Decoded<ResourceSlice> slice(String spec) {
    return ResourceSliceDecoder.decode(
        Manifests.read(
            "metadata: {name: s}\nspec:\n" + spec.indent(2),
            io.fabric8.kubernetes.api.model.resource.v1.ResourceSlice.class));
  }

  private static ResourceClaimDecoder.Claim claim(String status) {
    return Manifests.value(
        DECODER.claim(
            Manifests.read(
                """
                metadata:
                  name: web-1-gpu-x7
                  namespace: shop
                  annotations: {resource.kubernetes.io/pod-claim-name: gpu}
                  ownerReferences: [{apiVersion: v1, kind: Pod, name: web-1, uid: u, controller: true}]
                spec:
                  devices:
                    requests: [{name: r, exactly: {deviceClassName: gpu}}]
                """
                    + status,
                ResourceClaim.class)));
  }

  @Test
  void readsEveryKindOfRequest() {
    DeviceClaim claim =
        spec(
            """
            requests:
            - name: one
              exactly: {deviceClassName: gpu}
            - name: every
              exactly: {deviceClassName: gpu, allocationMode: All, adminAccess: true}
            - name: best
              firstAvailable:
              - {name: big, deviceClassName: big, count: 2}
              - name: small
                deviceClassName: small
                selectors: [{cel: {expression: "device.driver == 'x'"}}]
                tolerations: [{key: broken, operator: Exists, effect: NoSchedule}]
                capacity: {requests: {memory: 10Gi}}
            constraints:
            - {matchAttribute: x/numa, requests: [one]}
            - {distinctAttribute: x/slot}
            """);

    assertThat(claim.invalid()).isNull();
    assertThat(claim.requests())
        .extracting(DeviceRequest::name)
        .containsExactly("one", "every", "best");
    assertThat(claim.requests().get(0).choices().getFirst().count())
        .isEqualTo(new Count.Exactly(1));
    assertThat(claim.requests().get(0).isList()).isFalse();
    assertThat(claim.requests().get(1).choices().getFirst().count()).isEqualTo(new Count.All());
    assertThat(claim.requests().get(1).choices().getFirst().terms().adminAccess()).isTrue();
    DeviceRequest.Choice small = claim.requests().get(2).choices().get(1);
    assertThat(small.selectors())
        .containsExactly(DeviceExpressions.SHARED.apply("device.driver == 'x'"));
    assertThat(small.terms().tolerations().getFirst().effect()).isEqualTo(Taint.Effect.NO_SCHEDULE);
    assertThat(small.terms().capacity().get("memory"))
        .isEqualByComparingTo(BigDecimal.valueOf(10L << 30));
    assertThat(claim.constraints())
        .containsExactly(
            new DeviceClaim.Constraint(DeviceClaim.Kind.MATCH, "x/numa", Set.of("one")),
            new DeviceClaim.Constraint(DeviceClaim.Kind.DISTINCT, "x/slot", Set.of()));
  }

  @Test
  void aClaimThatKubernetesWouldRefuseNamesEachField() {
    DeviceClaim claim =
        spec(
            """
            requests:
            - {name: a}
            - {name: b, exactly: {allocationMode: Some}}
            - {name: c, exactly: {deviceClassName: gpu, count: -1, capacity: {requests: {m: ten}}}}
            constraints: [{matchAttribute: numa}]
            """);

    assertThat(claim.invalid())
        .contains("spec.spec.devices.requests[0] is 'a'")
        .contains("requests[1].exactly.deviceClassName")
        .contains("requests[1].exactly.allocationMode is 'Some', expected ExactCount or All")
        .contains("requests[2].exactly.count is '-1'")
        .contains("requests[2].exactly.capacity.requests[m] is 'ten'")
        .contains("constraints[0] is 'numa'");
  }

  @Test
  void readsASlice() {
    ResourceSlice slice =
        Manifests.value(
            slice(
                """
                driver: x
                pool: {name: p, generation: 3, resourceSliceCount: 2}
                nodeName: n1
                devices:
                - name: gpu-0
                  attributes: {model: {string: A100}, index: {int: 1}, ok: {bool: true}, v: {version: 1.0.0}, l: {strings: [a]}}
                  capacity: {memory: {value: 80Gi, requestPolicy: {default: 1Gi, validRange: {min: 1Gi, step: 1Gi}}}}
                  consumesCounters: [{counterSet: card, counters: {units: {value: "3"}}}]
                  taints: [{key: broken, effect: NoExecute}, {key: noted, effect: None}]
                  allowMultipleAllocations: true
                """));

    assertThat(slice.pool()).isEqualTo(new ResourceSlice.Pool("x", "p", 3, 2));
    assertThat(slice.nodes()).isEqualTo(new DeviceNodes.One("n1"));
    Device device = slice.devices().getFirst();
    assertThat(device.attributes())
        .containsEntry("model", new Attribute.Text("A100"))
        .containsEntry("index", new Attribute.Whole(1))
        .containsEntry("ok", new Attribute.Flag(true))
        .containsEntry("v", new Attribute.Version("1.0.0"))
        .containsEntry("l", new Attribute.Unknown());
    assertThat(requireNonNull(device.capacity().get("memory")).amount())
        .isEqualByComparingTo(BigDecimal.valueOf(80L << 30));
    assertThat(device.taints())
        .containsExactly(new DeviceTaint("broken", "", Taint.Effect.NO_EXECUTE));
    assertThat(requireNonNull(device.consumes().get("card")).get("units"))
        .isEqualByComparingTo("3");
    assertThat(device.sharing().amongClaims()).isTrue();
  }

  @Test
  void readsWhichNodesReachASlice() {
    assertThat(Manifests.value(slice("allNodes: true")).nodes()).isEqualTo(new DeviceNodes.All());
    assertThat(Manifests.value(slice("perDeviceNodeSelection: true")).nodes())
        .isEqualTo(new DeviceNodes.PerDevice());
    assertThat(
            Manifests.value(
                    slice(
                        "nodeSelector: {nodeSelectorTerms: [{matchExpressions: [{key: z, operator:"
                            + " Exists}]}]}"))
                .nodes())
        .isInstanceOf(DeviceNodes.Selected.class);
  }

  @Test
  void aBadQuantityIsNamed() {
    assertThat(
            Manifests.problemFields(
                slice("nodeName: n\ndevices: [{name: d, capacity: {memory: {value: much}}}]")))
        .containsExactly("spec.devices[0].capacity[memory]");
  }

  @Test
  void readsWhatAClaimGot() {
    ResourceClaimDecoder.Claim claim =
        claim(
            """
            status:
              reservedFor: [{resource: pods, name: web-1, uid: u}]
              allocation:
                devices:
                  results:
                  - {request: r, driver: x, pool: p, device: d, shareID: s, consumedCapacity: {memory: 1Gi}}
                  - {request: r, driver: x, pool: p, device: e, adminAccess: true}
                nodeSelector: {nodeSelectorTerms: [{matchFields: [{key: metadata.name, operator: In, values: [n1]}]}]}
            """);

    assertThat(claim.claim().users()).isEqualTo(1);
    Allocation allocation = requireNonNull(claim.claim().allocation());
    List<Held> held = allocation.devices();
    assertThat(held.get(0).part()).containsKey("memory");
    assertThat(held.get(1)).isEqualTo(new Held(new DeviceId("x", "p", "e"), true, null));
    assertThat(allocation.nodes()).hasSize(1);
  }

  @Test
  void readsAClass() {
    DeviceClass deviceClass =
        Manifests.value(
            DECODER.deviceClass(
                Manifests.read(
                    """
                    metadata: {name: gpu}
                    spec:
                      extendedResourceName: example.com/gpu
                      selectors: [{cel: {expression: device.}}]
                    """,
                    io.fabric8.kubernetes.api.model.resource.v1.DeviceClass.class)));

    assertThat(deviceClass.backs("example.com/gpu")).isTrue();
    assertThat(deviceClass.backs("deviceclass.resource.kubernetes.io/gpu")).isTrue();
    assertThat(deviceClass.selectors().getFirst()).isInstanceOf(DeviceSelector.Invalid.class);
  }

  @Test
  void aPodsOwnClaimIsTheTemplateUntilItHasDevices() {
    Pod pod = claiming("u");
    ObjectKey template = new ObjectKey("shop", "t");
    Map<ObjectKey, DeviceClaim> templates = Map.of(template, new DeviceClaim(List.of(), List.of()));

    assertThat(pod.spec().attachments().deviceClaims())
        .containsExactly(
            new PodDeviceClaim("gpu", PodDeviceClaim.Kind.TEMPLATE, template),
            new PodDeviceClaim("net", PodDeviceClaim.Kind.NAMED, new ObjectKey("shop", "nic")));
    assertThat(
            new ClaimedDevices(List.of(claim("")), templates, List.of(), List.of())
                .pods(List.of(pod)))
        .containsExactly(pod);
    assertThat(
            new ClaimedDevices(
                    List.of(claim("status: {allocation: {devices: {results: []}}}")),
                    templates,
                    List.of(),
                    List.of())
                .pods(List.of(pod))
                .getFirst()
                .spec()
                .attachments()
                .deviceClaims()
                .getFirst())
        .isEqualTo(
            new PodDeviceClaim(
                "gpu", PodDeviceClaim.Kind.NAMED, new ObjectKey("shop", "web-1-gpu-x7")));
  }

  @Test
  void aClaimOfAnEarlierPodOfTheNameIsNotThePodsOwn() {
    Pod later = claiming("v");
    assertThat(
            new ClaimedDevices(
                    List.of(claim("status: {allocation: {devices: {results: []}}}")),
                    Map.of(new ObjectKey("shop", "t"), new DeviceClaim(List.of(), List.of())),
                    List.of(),
                    List.of())
                .pods(List.of(later)))
        .containsExactly(later);
  }

  private static Pod claiming(String uid) {
    return Manifests.decode(
        Manifests.whole(
            """
            metadata: {name: web-1, namespace: shop, uid: %s}
            spec:
              containers: [{name: a}]
              resourceClaims:
              - {name: gpu, resourceClaimTemplateName: t}
              - {name: net, resourceClaimName: nic}
            """
                .formatted(uid)));
  }

  @Test
  void aClaimThatNeedsNoObjectIsNone() {
    Pod pod =
        Manifests.decode(
            Manifests.whole(
                """
                metadata: {name: web-1, namespace: shop}
                spec: {containers: [{name: a}], resourceClaims: [{name: gpu, resourceClaimTemplateName: t}]}
                status: {resourceClaimStatuses: [{name: gpu}]}
                """));

    assertThat(pod.spec().attachments().deviceClaims()).isEmpty();
  }

  @Test
  void theTemplateOfAGroupIsOnePoolForEachDriver() {
    List<ResourceSlice> slices =
        Manifests.value(
            ResourceSliceDecoder.template(
                "f",
                Manifests.read(
                        """
                        items:
                        - {driver: x, sharedCounters: [{name: card, counters: {units: {value: "7"}}}]}
                        - {driver: x, devices: [{name: d}]}
                        """,
                        Slices.class)
                    .items()));

    assertThat(slices).hasSize(2);
    assertThat(slices.getFirst().pool()).isEqualTo(new ResourceSlice.Pool("x", "template", 1, 2));
    assertThat(slices.getFirst().nodes())
        .isEqualTo(new DeviceNodes.One(ResourceSlice.TEMPLATE_NODE));
  }

  private record Slices(
      List<io.fabric8.kubernetes.api.model.resource.v1.ResourceSliceSpec> items) {}
}
