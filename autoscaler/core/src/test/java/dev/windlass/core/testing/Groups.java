package dev.windlass.core.testing;

import dev.windlass.core.model.GpuStackName;
import dev.windlass.core.model.Identity;
import dev.windlass.core.model.Keys;
import dev.windlass.core.model.NodeGroup;
import dev.windlass.core.model.NodeGroupName;
import dev.windlass.core.model.NodeTemplate;
import dev.windlass.core.model.Offering;
import dev.windlass.core.model.Price;
import dev.windlass.core.model.Purchase;
import dev.windlass.core.model.ResourceSlice;
import dev.windlass.core.model.Resources;
import dev.windlass.core.model.Taint;
import dev.windlass.core.model.Variant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Node groups for tests: from 0 to 100 nodes, none there, acting, unless said otherwise. */
public final class Groups {
  private Map<String, String> matchLabels = Map.of();
  private final String name;
  private int min;
  private int max = 100;
  private int target;
  private int priority;
  private NodeGroup.Mode mode = NodeGroup.Mode.ACTING;
  private NodeGroup.@Nullable ScaleDownOverride override;
  private @Nullable GpuStackName stack;
  private final List<Taint> taints = new ArrayList<>();
  private final List<Taint> startupTaints = new ArrayList<>();
  private final Map<String, String> labels = new TreeMap<>();
  private final Map<String, Integer> volumeLimits = new TreeMap<>();
  private List<ResourceSlice> slices = List.of();
  private final List<Offering> offerings = new ArrayList<>();

  private Groups(String name) {
    this.name = name;
    labels.put(Keys.NODE_GROUP, name);
  }

  public static Groups group(String name) {
    return new Groups(name);
  }

  public static Variant variant(String type) {
    return new Variant(type, "zone-a", Purchase.ON_DEMAND);
  }

  public Groups size(int newMin, int newMax, int newTarget) {
    min = newMin;
    max = newMax;
    target = newTarget;
    return this;
  }

  public Groups priority(int value) {
    priority = value;
    return this;
  }

  public Groups mode(NodeGroup.Mode value) {
    mode = value;
    return this;
  }

  public Groups override(NodeGroup.ScaleDownOverride value) {
    override = value;
    return this;
  }

  public Groups stack(String value) {
    stack = new GpuStackName(value);
    return this;
  }

  public Groups taint(Taint taint) {
    taints.add(taint);
    return this;
  }

  public Groups startupTaint(Taint taint) {
    startupTaints.add(taint);
    return this;
  }

  /** Devices of the nodes of what is offered from now on. */
  public Groups slices(List<ResourceSlice> value) {
    slices = value;
    return this;
  }

  public Groups label(String key, String value) {
    labels.put(key, value);
    return this;
  }

  /** New nodes take so many volumes. */
  public Groups volumeLimit(int limit) {
    volumeLimits.put(Volumes.DRIVER, limit);
    return this;
  }

  /** Offers a type in zone-a; labels and taints come from what was said before. */
  public Groups offers(String type, long cpu, long memoryMi, long gpus, double usd) {
    return offers(type, "zone-a", cpu, memoryMi, gpus, usd);
  }

  public Groups offers(String type, String zone, long cpu, long memoryMi, long gpus, double usd) {
    Map<String, Long> allocatable = new TreeMap<>();
    allocatable.put(Resources.CPU, cpu);
    allocatable.put(Resources.MEMORY, memoryMi << 20);
    allocatable.put(Resources.PODS, 110L);
    if (gpus > 0) {
      allocatable.put(Resources.NVIDIA_GPU, gpus);
    }
    Map<String, String> all = new TreeMap<>(labels);
    all.put(Keys.INSTANCE_TYPE, type);
    all.put(Keys.ZONE, zone);
    offerings.add(
        new Offering(
            new Variant(type, zone, Purchase.ON_DEMAND),
            usd < 0 ? Price.UNKNOWN : Price.ofUsdPerHour(usd),
            new NodeTemplate(
                all, taints, startupTaints, Resources.of(allocatable), slices, volumeLimits)));
    return this;
  }

  /** No cloud: nodes with these labels are the group's. */
  public Groups matching(Map<String, String> value) {
    matchLabels = value;
    return this;
  }

  public NodeGroup build() {
    return new NodeGroup(
        new NodeGroupName(name),
        new Identity("uid-" + name, "1"),
        new NodeGroup.Size(min, max, target),
        offerings,
        new NodeGroup.Settings(mode, priority, stack, override, Duration.ofMinutes(15)),
        matchLabels);
  }
}
