package dev.windlass.core.testing;

import dev.windlass.core.model.Container;
import dev.windlass.core.model.HostPort;
import dev.windlass.core.model.Identity;
import dev.windlass.core.model.LocalStorage;
import dev.windlass.core.model.NodeName;
import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.model.OwnerReference;
import dev.windlass.core.model.Pod;
import dev.windlass.core.model.PodDeviceClaim;
import dev.windlass.core.model.PodMetadata;
import dev.windlass.core.model.PodPlacementRules;
import dev.windlass.core.model.PodSpec;
import dev.windlass.core.model.PodStatus;
import dev.windlass.core.model.PodVolume;
import dev.windlass.core.model.Preferences;
import dev.windlass.core.model.Resources;
import dev.windlass.core.model.RestartPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Pods for tests: says what is interesting, hides the rest. */
public final class Pods {
  public static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  private final String name;
  private String namespace = "default";
  private final Map<String, Long> requests = new TreeMap<>();
  private final List<HostPort> hostPorts = new ArrayList<>();
  private int gpuMilli;
  private int priority;
  private PodPlacementRules rules = PodPlacementRules.ANYWHERE;
  private Map<String, String> labels = Map.of();
  private final Map<String, String> annotations = new HashMap<>();
  private @Nullable OwnerReference owner = new OwnerReference("apps", "ReplicaSet", "web", "u-web");
  private final List<PodDeviceClaim> deviceClaims = new ArrayList<>();
  private @Nullable String node;
  private @Nullable String nominated;
  private @Nullable String gang;
  private String schedulerName = Pod.Placement.DEFAULT_SCHEDULER;
  private @Nullable String invalidSpec;
  private Preferences preferences = Preferences.NONE;
  private @Nullable Instant deletedAt;
  private Instant createdAt = NOON.minus(Duration.ofHours(2));
  private @Nullable Instant startedAt;
  private Set<String> localVolumes = Set.of();
  private final List<PodVolume> volumes = new ArrayList<>();
  private PodStatus.Phase phase = PodStatus.Phase.PENDING;
  private PodStatus.Scheduling scheduling = PodStatus.Scheduling.UNSCHEDULABLE;

  private Pods(String name) {
    this.name = name;
  }

  public static Pods pod(String name) {
    return new Pods(name);
  }

  /** A pod that is the same but for its name. */
  public Pods named(String other) {
    Pods copy = new Pods(other);
    copy.namespace = namespace;
    copy.requests.putAll(requests);
    copy.hostPorts.addAll(hostPorts);
    copy.gpuMilli = gpuMilli;
    copy.priority = priority;
    copy.rules = rules;
    copy.labels = labels;
    copy.annotations.putAll(annotations);
    copy.owner = owner;
    copy.preferences = preferences;
    return copy;
  }

  /** A pod's key in the default namespace. */
  public static ObjectKey key(String name) {
    return new ObjectKey("default", name);
  }

  public Pods cpu(long milli) {
    requests.put(Resources.CPU, milli);
    return this;
  }

  public Pods memoryMi(long mebibytes) {
    requests.put(Resources.MEMORY, mebibytes << 20);
    return this;
  }

  public Pods gpus(long count) {
    requests.put(Resources.NVIDIA_GPU, count);
    return this;
  }

  public Pods resource(String resource, long amount) {
    requests.put(resource, amount);
    return this;
  }

  public Pods gpuMilli(int share) {
    gpuMilli = share;
    return this;
  }

  public Pods hostPort(HostPort port) {
    hostPorts.add(port);
    return this;
  }

  public Pods priority(int value) {
    priority = value;
    return this;
  }

  public Pods namespace(String value) {
    namespace = value;
    return this;
  }

  public Pods rules(PodPlacementRules value) {
    rules = value;
    return this;
  }

  public Pods labels(Map<String, String> value) {
    labels = value;
    return this;
  }

  /** A claim of its own, made from a template in the pod's namespace. */
  public Pods claimFrom(String template) {
    deviceClaims.add(
        new PodDeviceClaim(
            template, PodDeviceClaim.Kind.TEMPLATE, new ObjectKey(namespace, template)));
    return this;
  }

  /** A claim that other pods may use, too. */
  public Pods claim(String claim) {
    deviceClaims.add(
        new PodDeviceClaim(claim, PodDeviceClaim.Kind.NAMED, new ObjectKey(namespace, claim)));
    return this;
  }

  public Pods annotation(String annotation, String value) {
    annotations.put(annotation, value);
    return this;
  }

  public Pods owner(@Nullable String kind) {
    owner = kind == null ? null : new OwnerReference("apps", kind, "owner", "u-owner");
    return this;
  }

  public Pods on(String value) {
    node = value;
    phase = PodStatus.Phase.RUNNING;
    return this;
  }

  public Pods gated() {
    scheduling = PodStatus.Scheduling.GATED;
    return this;
  }

  public Pods nominated(String value) {
    nominated = value;
    return this;
  }

  public Pods gang(String value) {
    gang = value;
    return this;
  }

  public Pods scheduler(String value) {
    schedulerName = value;
    return this;
  }

  public Pods prefers(Preferences value) {
    preferences = value;
    return this;
  }

  public Pods invalid(String value) {
    invalidSpec = value;
    return this;
  }

  public Pods created(Instant value) {
    createdAt = value;
    return this;
  }

  public Pods started(Instant value) {
    startedAt = value;
    return this;
  }

  public Pods deleted(Instant value) {
    deletedAt = value;
    return this;
  }

  public Pods localVolumes(String... volumes) {
    localVolumes = Set.of(volumes);
    return this;
  }

  /** Volumes that these claims stand for. */
  public Pods claims(String... names) {
    for (String each : names) {
      volumes.add(new PodVolume.Claim(each));
    }
    return this;
  }

  public Pods volume(PodVolume value) {
    volumes.add(value);
    return this;
  }

  public Pods phase(PodStatus.Phase value) {
    phase = value;
    return this;
  }

  public PodSpec spec() {
    return new PodSpec(
        List.of(new Container("main", Resources.of(requests), hostPorts, false)),
        List.of(),
        Resources.NONE,
        null,
        rules,
        priority,
        gpuMilli,
        new PodSpec.Attachments(volumes, deviceClaims));
  }

  public Pod build() {
    return new Pod(
        new ObjectKey(namespace, name),
        new PodMetadata(
            new Identity("uid-" + name, "1"), labels, annotations, owner, createdAt, deletedAt),
        spec(),
        new PodStatus(phase, null, null, startedAt, scheduling),
        new Pod.Placement(
            node == null ? null : new NodeName(node),
            nominated == null ? null : new NodeName(nominated),
            gang,
            schedulerName,
            invalidSpec,
            preferences),
        new Pod.Lifecycle(
            Duration.ofSeconds(30), RestartPolicy.ALWAYS, new LocalStorage(localVolumes)));
  }
}
