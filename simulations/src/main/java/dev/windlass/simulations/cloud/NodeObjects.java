package dev.windlass.simulations.cloud;

import dev.windlass.core.model.Instance;
import dev.windlass.core.model.Keys;
import dev.windlass.core.model.NodeTemplate;
import dev.windlass.core.model.Offering;
import dev.windlass.core.model.Resources;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.NodeConditionBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.api.model.TaintBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Node objects as a kubelet and the node lifecycle controller write them. */
public final class NodeObjects {
  private NodeObjects() {}

  /**
   * A machine's node, not ready yet; the API server taints it so. Devices are missing until their
   * plugin runs.
   */
  public static Node registered(String name, Instance instance, Offering offering, Instant now) {
    NodeTemplate template = offering.template();
    Map<String, String> labels = new LinkedHashMap<>(template.labels());
    labels.put(Keys.HOSTNAME, name);
    Map<String, Quantity> amounts = quantities(withoutDevices(template.allocatable()));
    return new NodeBuilder()
        .withNewMetadata()
        .withName(name)
        .withLabels(labels)
        .endMetadata()
        .withNewSpec()
        .withProviderID(instance.id().value())
        .withTaints(taints(template))
        .endSpec()
        .withNewStatus()
        .withAllocatable(amounts)
        .withCapacity(amounts)
        .withConditions(readiness(false, now))
        .endStatus()
        .build();
  }

  private static List<Taint> taints(NodeTemplate template) {
    List<Taint> taints = new ArrayList<>();
    Stream.concat(template.taints().stream(), template.startupTaints().stream())
        .map(taint ->
            new TaintBuilder()
                .withKey(taint.key())
                .withValue(taint.value().isEmpty() ? null : taint.value())
                .withEffect(effect(taint.effect()))
                .build())
        .forEach(taints::add);
    return taints;
  }

  private static String effect(dev.windlass.core.model.Taint.Effect effect) {
    return switch (effect) {
      case NO_SCHEDULE -> "NoSchedule";
      case PREFER_NO_SCHEDULE -> "PreferNoSchedule";
      case NO_EXECUTE -> "NoExecute";
    };
  }

  /** The same node, ready or not. */
  public static Node withReadiness(Node node, boolean ready, Instant now) {
    return new NodeBuilder(node)
        .editOrNewStatus()
        .withConditions(readiness(ready, now))
        .endStatus()
        .build();
  }

  private static NodeCondition readiness(boolean ready, Instant now) {
    return new NodeConditionBuilder()
        .withType("Ready")
        .withStatus(ready ? "True" : "False")
        .withReason(ready ? "KubeletReady" : "KubeletNotReady")
        .withLastTransitionTime(now.toString())
        .withLastHeartbeatTime(now.toString())
        .build();
  }

  /** The part of a machine's resources that a device plugin advertises. */
  public static Resources devices(Resources allocatable) {
    return part(allocatable, true);
  }

  private static Resources withoutDevices(Resources allocatable) {
    return part(allocatable, false);
  }

  private static Resources part(Resources allocatable, boolean devices) {
    TreeMap<String, Long> amounts = new TreeMap<>();
    allocatable
        .amounts()
        .forEach((name, amount) -> {
          if (name.contains("/") == devices) {
            amounts.put(name, amount);
          }
        });
    return Resources.of(amounts);
  }

  /** Amounts as the API writes them. */
  public static Map<String, Quantity> quantities(Resources resources) {
    Map<String, Quantity> quantities = new LinkedHashMap<>();
    resources
        .amounts()
        .forEach((name, amount) ->
            quantities.put(
                name, new Quantity(name.equals(Resources.CPU) ? amount + "m" : "" + amount)));
    return quantities;
  }
}
