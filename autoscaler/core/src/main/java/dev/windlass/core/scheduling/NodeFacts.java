package dev.windlass.core.scheduling;

import dev.windlass.core.model.Keys;
import dev.windlass.core.model.Node;
import dev.windlass.core.model.NodeTemplate;
import dev.windlass.core.model.ResourceSlice;
import dev.windlass.core.model.Taint;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What of a node decides whether a pod may run there whatever else runs there.
 *
 * @param name its name, which is also its host name; a node to come has a name that no pod asks for
 * @param labels its labels
 * @param taints its taints
 * @param unschedulable whether it is cordoned
 * @param devicesToCome devices that it will bring once it has started
 * @param volumeLimits how many volumes of each CSI driver it will take, as far as its drivers do
 *     not say so yet
 */
public record NodeFacts(
    String name,
    Map<String, String> labels,
    List<Taint> taints,
    boolean unschedulable,
    List<ResourceSlice> devicesToCome,
    Map<String, Integer> volumeLimits) {
  public NodeFacts {
    labels = Map.copyOf(labels);
    taints = List.copyOf(taints);
    devicesToCome = List.copyOf(devicesToCome);
    volumeLimits = Map.copyOf(volumeLimits);
  }

  /** A node that has brought what it brings. */
  public NodeFacts(
      String name, Map<String, String> labels, List<Taint> taints, boolean unschedulable) {
    this(name, labels, taints, unschedulable, List.of(), Map.of());
  }

  /** The same node, which will bring devices. */
  NodeFacts withDevicesToCome(List<ResourceSlice> slices) {
    return new NodeFacts(name, labels, taints, unschedulable, slices, volumeLimits);
  }

  /** A node as it is. */
  public static NodeFacts of(Node node) {
    return new NodeFacts(
        node.name().value(), node.labels(), node.spec().taints(), node.spec().unschedulable());
  }

  /** A node to come, as it will be once its startup taints are gone. */
  public static NodeFacts of(NodeTemplate template, String name) {
    Map<String, String> labels = new HashMap<>(template.labels());
    labels.put(Keys.HOSTNAME, name);
    return new NodeFacts(
        name, labels, template.taints(), false, template.slices(), template.volumeLimits());
  }

  /** The same node by another name, which is its host name, too. */
  NodeFacts named(String other) {
    Map<String, String> own = new HashMap<>(labels);
    own.put(Keys.HOSTNAME, other);
    return new NodeFacts(other, own, taints, unschedulable, devicesToCome, volumeLimits);
  }
}
