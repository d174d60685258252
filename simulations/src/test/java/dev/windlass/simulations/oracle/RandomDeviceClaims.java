package dev.windlass.simulations.oracle;

import static dev.windlass.simulations.oracle.Dice.object;
import static dev.windlass.simulations.oracle.Manifest.part;
import static dev.windlass.simulations.oracle.Manifest.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes everything of a case that has to do with devices, and gives pods their ResourceClaims. */
final class RandomDeviceClaims {
  private final Dice dice;
  private final RandomDevices devices;
  private final RandomDeviceRequests requests;
  private final List<Object> claims = new ArrayList<>();
  private final List<Shared> shared = new ArrayList<>();

  private record Shared(String namespace, String claim) {}

  RandomDeviceClaims(Dice dice, List<String> nodes) {
    this.dice = dice;
    this.devices = new RandomDevices(dice, nodes);
    this.requests = new RandomDeviceRequests(dice);
  }

  /** The objects, once every pod has its claims. */
  List<Object> objects() {
    List<Object> objects = new ArrayList<>(classes());
    objects.addAll(devices.slices());
    objects.addAll(claims);
    return objects;
  }

  /** Gives a running pod a device of its node, if one is left. */
  void allocate(Map<String, Object> pod, String node) {
    Map<String, Object> metadata = part(pod, "metadata");
    String name = text(metadata, "name");
    String namespace = text(metadata, "namespace");
    metadata.put("uid", "uid-" + name);
    for (RandomDevices.Device device : devices.take(node)) {
      Map<String, Object> claim =
          Manifest.of(
              """
              apiVersion: resource.k8s.io/v1
              kind: ResourceClaim
              metadata: {name: %1$s-claim, namespace: %2$s, uid: uid-claim-%1$s}
              spec: {devices: {requests: [{name: one, exactly: {deviceClassName: any}}]}}
              status:
                allocation:
                  devices: {results: [{request: one, driver: %3$s, pool: %4$s, device: %5$s}]}
                  nodeSelector:
                    nodeSelectorTerms:
                    - matchFields: [{key: metadata.name, operator: In, values: [%6$s]}]
                reservedFor: [{resource: pods, name: %1$s, uid: uid-%1$s}]
              """
                  .formatted(name, namespace, device.driver(), device.pool(), device.name(), node));
      if (dice.percent(10)) {
        part(claim, "status").remove("reservedFor");
      }
      claims.add(claim);
      shared.add(new Shared(namespace, name + "-claim"));
      use(pod, List.of(object("name", "device", "resourceClaimName", name + "-claim")));
    }
  }

  /** Gives the pod that waits claims of its own, or one that others have. */
  void ask(Map<String, Object> pod) {
    Map<String, Object> metadata = part(pod, "metadata");
    metadata.put("uid", "uid-pending");
    String namespace = text(metadata, "namespace");
    List<Object> used = new ArrayList<>();
    List<Object> generated = new ArrayList<>();
    for (int index = dice.pick(1, 1, 1, 2); index > 0; index--) {
      String name = "device-" + index;
      List<Shared> near =
          shared.stream().filter(each -> each.namespace().equals(namespace)).toList();
      if (!near.isEmpty() && dice.percent(20)) {
        String claim = dice.some(1, near).getFirst().claim();
        used.add(object("name", name, "resourceClaimName", claim));
      } else if (dice.percent(40)) {
        addOwn(namespace, "pending-" + name, name);
        used.add(object("name", name, "resourceClaimTemplateName", name));
        generated.add(object("name", name, "resourceClaimName", "pending-" + name));
      } else {
        addStandalone(namespace, name);
        used.add(object("name", name, "resourceClaimName", name));
      }
    }
    use(pod, used);
    if (!generated.isEmpty()) {
      pod.put("status", object("phase", "Pending", "resourceClaimStatuses", generated));
    }
  }

  /** Lets the pod that waits ask for devices as for any extended resource. */
  void askByName(Map<String, Object> pod) {
    part(pod, "metadata").put("uid", "uid-pending");
    Map<String, Object> amounts = object("example.com/accelerator", dice.pick("1", "2"));
    part(pod, "spec")
        .put(
            "containers",
            List.of(
                object(
                    "name",
                    "main",
                    "image",
                    "app:1",
                    "resources",
                    object("requests", amounts, "limits", amounts))));
  }

  private void addStandalone(String namespace, String name) {
    if (dice.percent(97)) {
      Map<String, Object> claim = claim(namespace, name, requests.spec());
      if (dice.percent(3)) {
        part(claim, "metadata").put("deletionTimestamp", "2026-01-01T00:00:00Z");
        part(claim, "metadata")
            .put("finalizers", List.of("resource.kubernetes.io/delete-protection"));
      }
      claims.add(claim);
    }
  }

  /** A template and the claim that was made from it for the pod. */
  private void addOwn(String namespace, String claimName, String template) {
    Map<String, Object> spec = requests.spec();
    claims.add(
        object(
            "apiVersion",
            "resource.k8s.io/v1",
            "kind",
            "ResourceClaimTemplate",
            "metadata",
            object("name", template, "namespace", namespace),
            "spec",
            object("spec", spec)));
    Map<String, Object> claim = claim(namespace, claimName, spec);
    String owner = dice.percent(97) ? "uid-pending" : "uid-of-another";
    part(claim, "metadata")
        .put(
            "ownerReferences",
            List.of(
                object(
                    "apiVersion",
                    "v1",
                    "kind",
                    "Pod",
                    "name",
                    "pending",
                    "uid",
                    owner,
                    "controller",
                    true)));
    claims.add(claim);
  }

  private static Map<String, Object> claim(
      String namespace, String name, Map<String, Object> spec) {
    return object(
        "apiVersion",
        "resource.k8s.io/v1",
        "kind",
        "ResourceClaim",
        "metadata",
        object("name", name, "namespace", namespace, "uid", "uid-claim-" + name),
        "spec",
        spec);
  }

  private void use(Map<String, Object> pod, List<Object> used) {
    part(pod, "spec").put("resourceClaims", used);
  }

  private List<Object> classes() {
    String extended = dice.percent(60) ? "extendedResourceName: example.com/accelerator" : "";
    return List.of(
        deviceClass("gpu", "device.driver == 'gpu.example.com'", extended),
        deviceClass(
            "large-gpu",
            "device.driver == 'gpu.example.com'"
                + " && device.capacity['gpu.example.com'].memory.compareTo(quantity('40Gi')) >= 0",
            ""),
        deviceClass("nic", "device.driver == 'nic.example.com'", ""),
        deviceClass("any", "true", ""));
  }

  private static Map<String, Object> deviceClass(String name, String expression, String extended) {
    return Manifest.of(
        """
        apiVersion: resource.k8s.io/v1
        kind: DeviceClass
        metadata: {name: %s}
        spec:
          selectors: [{cel: {expression: "%s"}}]
          %s
        """
            .formatted(name, expression, extended));
  }
}
