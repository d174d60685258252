package dev.windlass.core.testing;

import dev.windlass.core.model.Identity;
import dev.windlass.core.model.Keys;
import dev.windlass.core.model.Node;
import dev.windlass.core.model.NodeName;
import dev.windlass.core.model.Resources;
import dev.windlass.core.model.Taint;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Nodes for tests: ready, two hours old, four cores, 16 GiB and 110 pods unless said otherwise. */
public final class Nodes {
  private final String name;
  private final Map<String, Long> allocatable = new TreeMap<>();
  private final Map<String, String> labels = new TreeMap<>();
  private final Map<String, String> annotations = new TreeMap<>();
  private final List<Taint> taints = new ArrayList<>();
  private boolean ready = true;
  private boolean unschedulable;
  private String providerId;
  private Instant createdAt = Pods.NOON.minus(Duration.ofHours(2));
  private Instant readyChangedAt = createdAt;
  private @Nullable Instant endsAt;

  private Nodes(String name) {
    this.name = name;
    providerId = "sim://" + name;
    allocatable.put(Resources.CPU, 4_000L);
    allocatable.put(Resources.MEMORY, 16L << 30);
    allocatable.put(Resources.PODS, 110L);
    labels.put(Keys.HOSTNAME, name);
  }

  public static Nodes node(String name) {
    return new Nodes(name);
  }

  public Nodes group(String group) {
    labels.put(Keys.NODE_GROUP, group);
    return this;
  }

  public Nodes cpu(long milli) {
    allocatable.put(Resources.CPU, milli);
    return this;
  }

  public Nodes gpus(long count) {
    allocatable.put(Resources.NVIDIA_GPU, count);
    return this;
  }

  public Nodes pods(long count) {
    allocatable.put(Resources.PODS, count);
    return this;
  }

  public Nodes label(String key, String value) {
    labels.put(key, value);
    return this;
  }

  public Nodes annotation(String key, String value) {
    annotations.put(key, value);
    return this;
  }

  public Nodes taint(Taint taint) {
    taints.add(taint);
    return this;
  }

  public Nodes unready(Instant since) {
    ready = false;
    readyChangedAt = since;
    return this;
  }

  public Nodes cordoned() {
    unschedulable = true;
    return this;
  }

  public Nodes created(Instant value) {
    createdAt = value;
    return this;
  }

  /** Its conditions say that its cloud takes its machine away. */
  public Nodes ending(Instant value) {
    endsAt = value;
    return this;
  }

  public Nodes withoutCloud() {
    providerId = "";
    return this;
  }

  public Node build() {
    return new Node(
        new NodeName(name),
        new Identity("uid-" + name, "1"),
        labels,
        annotations,
        new Node.Spec(taints, unschedulable, providerId),
        new Node.Status(
            Resources.of(allocatable), ready, readyChangedAt, createdAt, null, "", endsAt));
  }
}
