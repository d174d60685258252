package dev.windlass.core.gpu;

import dev.windlass.core.action.Action.StartGpuStep;
import dev.windlass.core.model.GpuNode;
import dev.windlass.core.model.GpuPhase;
import dev.windlass.core.model.GpuStack;
import dev.windlass.core.model.GpuStackName;
import dev.windlass.core.model.Instance;
import dev.windlass.core.model.Keys;
import dev.windlass.core.model.Node;
import dev.windlass.core.model.NodeGroup;
import dev.windlass.core.model.NodeTemplate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One GPU machine: what its cloud, the API server and its agent know of it.
 *
 * @param key its key in the decision's memory: the instance id, or {@code node/NAME} without one
 * @param group its group, which names a stack
 * @param stack that stack; one without a name in the snapshot has defaults
 * @param hasStack whether the snapshot has the stack
 * @param seen the three views
 * @param expectedDevices how many devices its template promises, at least one
 */
record GpuMachine(
    String key,
    NodeGroup group,
    GpuStack stack,
    boolean hasStack,
    Seen seen,
    long expectedDevices) {
  private static final String GPU_LABELS = "nvidia.com/";
  private static final List<GpuPhase> STEPS =
      List.of(GpuPhase.DRIVER, GpuPhase.RUNTIME, GpuPhase.DEVICE_PLUGIN, GpuPhase.VALIDATING);

  /**
   * What is seen of a machine; null where there is nothing.
   *
   * @param instance what its cloud says
   * @param node its Node
   * @param agent what its agent says
   * @param operands since when the operand of each step has been ready on the node
   * @param published devices of each driver of dynamic resource allocation on the node
   */
  record Seen(
      @Nullable Instance instance,
      @Nullable Node node,
      @Nullable GpuNode agent,
      Map<GpuPhase, Instant> operands,
      Map<String, Long> published) {
    Seen {
      operands = Map.copyOf(operands);
      published = Map.copyOf(published);
    }
  }

  @Nullable Instance instance() {
    return seen.instance();
  }

  @Nullable Node node() {
    return seen.node();
  }

  GpuStackName stackName() {
    return stack.name();
  }

  /** The node's name, or the instance's id while there is no node. */
  String name() {
    Node node = seen.node();
    return node == null ? key : node.name().value();
  }

  /** Its cloud's name of the machine type; empty when nobody says. */
  String instanceType() {
    return instanceType(seen);
  }

  Duration deadline(GpuPhase phase) {
    return GpuDeadlines.of(stack, phase);
  }

  /** The agent's word, unless it answers an order to an earlier node of the same name. */
  @Nullable GpuNode agent() {
    GpuNode agent = seen.agent();
    Node node = seen.node();
    if (agent == null || node == null) {
      return null;
    }
    if (agent.operation() == null || node.identity().uid().isEmpty()) {
      return agent;
    }
    String ours = "gpu:" + node.name() + ":" + node.identity().uid() + ":";
    return agent.operation().value().startsWith(ours) ? agent : null;
  }

  /** Whether the agent already has the order to take this step. */
  boolean isOrdered(GpuPhase step) {
    Node node = seen.node();
    GpuNode agent = seen.agent();
    return node != null && agent != null && isOrdered(node, agent, step);
  }

  /** Whether a step is done. */
  boolean finished(GpuPhase step) {
    return finishedAt(step) != null;
  }

  /** When a step was done: by its agent's word, else by its operand's readiness; else null. */
  @Nullable Instant finishedAt(GpuPhase step) {
    GpuNode agent = agent();
    Instant reported = agent == null ? null : agent.finished().get(step);
    return reported == null ? seen.operands().get(step) : reported;
  }

  /** How many devices the node advertises, or its driver publishes. */
  long devices() {
    Node node = seen.node();
    long published = seen.published().getOrDefault(stack.resource(), 0L);
    return node == null ? 0 : node.status().allocatable().get(stack.resource()) + published;
  }

  boolean hasDevices() {
    return devices() >= expectedDevices;
  }

  String deviceCount() {
    return "the node advertises " + devices() + " of " + expectedDevices + " " + stack.resource();
  }

  boolean isTainted(String key) {
    Node node = seen.node();
    return node != null && node.hasTaint(key);
  }

  /** Whether somebody removes the node. */
  boolean isLeaving() {
    Node node = seen.node();
    return node != null && (node.status().deletedAt() != null || node.hasTaint(Keys.DISRUPTED));
  }

  boolean isPaused() {
    return group.settings().mode() == NodeGroup.Mode.PAUSED;
  }

  /** Whether the node has its devices and no gate, though no agent of ours was ever asked. */
  boolean worksWithoutBootstrap() {
    boolean untouched = agent() == null && seen.operands().isEmpty();
    return seen.node() != null && untouched && hasDevices() && !isTainted(Keys.GPU_NOT_READY);
  }

  /** The first phase that is not over, from what is seen alone. */
  GpuPhase observedPhase() {
    Instance instance = seen.instance();
    if (seen.node() == null) {
      boolean running = instance == null || instance.state() == Instance.State.RUNNING;
      return running ? GpuPhase.REGISTERING : GpuPhase.LAUNCHING;
    }
    if (worksWithoutBootstrap()) {
      return GpuPhase.READY;
    }
    for (GpuPhase step : STEPS) {
      boolean waitsForDevices = step == GpuPhase.DEVICE_PLUGIN && !hasDevices();
      if (!finished(step) || waitsForDevices) {
        return step;
      }
    }
    return GpuPhase.READY;
  }

  /** The devices that a new node of this kind is to advertise. */
  static long expectedDevices(NodeGroup group, GpuStack stack, Seen seen) {
    String type = instanceType(seen);
    return group.offerings().stream()
        .filter(offering -> type.isEmpty() || offering.variant().instanceType().equals(type))
        .mapToLong(offering -> promised(offering.template(), stack.resource()))
        .filter(devices -> devices > 0)
        .min()
        .orElse(1);
  }

  private static long promised(NodeTemplate template, String resource) {
    long claimable =
        template.slices().stream()
            .filter(slice -> slice.pool().driver().equals(resource))
            .mapToLong(slice -> slice.devices().size())
            .sum();
    return template.allocatable().get(resource) + claimable;
  }

  private static String instanceType(Seen seen) {
    if (seen.instance() != null) {
      return seen.instance().variant().instanceType();
    }
    Map<String, String> labels = seen.node() == null ? Map.of() : seen.node().labels();
    return labels.getOrDefault(Keys.INSTANCE_TYPE, "");
  }

  /** Labels about its GPUs that its group's template has and its node lacks. */
  SortedMap<String, String> promisedLabels() {
    SortedMap<String, String> promised = new TreeMap<>();
    Node node = seen.node();
    String type = instanceType();
    group.offerings().stream()
        .filter(offering -> offering.variant().instanceType().equals(type))
        .findFirst()
        .ifPresent(offering -> promised.putAll(offering.template().labels()));
    promised.keySet().removeIf(key -> !key.startsWith(GPU_LABELS));
    if (node != null) {
      promised.keySet().removeAll(node.labels().keySet());
    }
    return promised;
  }

  /** The order to take a step on this node. */
  StartGpuStep startOf(Node node, GpuPhase step) {
    return new StartGpuStep(node.name(), node.identity(), stack.name(), step);
  }

  private boolean isOrdered(Node node, GpuNode agent, GpuPhase step) {
    return startOf(node, step).id().equals(agent.operation());
  }
}
