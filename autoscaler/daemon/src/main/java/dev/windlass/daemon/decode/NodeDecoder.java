package dev.windlass.daemon.decode;

import dev.windlass.core.model.Keys;
import dev.windlass.core.model.Node;
import dev.windlass.core.model.NodeName;
import dev.windlass.core.model.Resources;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.NodeSpec;
import io.fabric8.kubernetes.api.model.NodeStatus;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Node objects. */
public final class NodeDecoder {
  private static final Set<String> READ_ANNOTATIONS =
      Set.of(
          Keys.UNNEEDED_SINCE,
          Keys.DRAINED_SINCE,
          Keys.GPU_PHASE,
          Keys.GPU_GATED_BY,
          Keys.GPU_REPAIR,
          Keys.GPU_STACK_VERSION,
          Keys.GPU_OUTDATED_SINCE,
          Keys.DO_NOT_DISRUPT,
          Keys.SCALE_DOWN_DISABLED,
          Keys.KARPENTER_DO_NOT_DISRUPT);

  private NodeDecoder() {}

  /** The node, or what is wrong with it. */
  public static Decoded<Node> decode(io.fabric8.kubernetes.api.model.Node node) {
    Problems problems = new Problems();
    ObjectMeta metadata = Fields.metadata(node);
    String name = Fields.text(metadata.getName());
    if (name.isBlank()) {
      problems.add("metadata.name", name, "a name");
      return problems.bad();
    }
    NodeSpec spec = node.getSpec() == null ? new NodeSpec() : node.getSpec();
    return problems.unlessAny(
        new Node(
            new NodeName(name),
            Fields.identity(metadata),
            Fields.map(metadata.getLabels()),
            annotations(metadata),
            new Node.Spec(
                TaintDecoder.taints("spec.taints", spec.getTaints(), problems),
                Boolean.TRUE.equals(spec.getUnschedulable()),
                providerId(Fields.text(spec.getProviderID()))),
            status(node, metadata, problems)));
  }

  /** Those that Windlass reads; who delays a deletion writes a name of his own at the end. */
  private static Map<String, String> annotations(ObjectMeta metadata) {
    Map<String, String> read =
        new HashMap<>(Fields.only(READ_ANNOTATIONS, metadata.getAnnotations()));
    Fields.map(metadata.getAnnotations())
        .forEach((key, value) -> {
          if (key.startsWith(Keys.DELAY_DELETION)) {
            read.put(key, value);
          }
        });
    return read;
  }

  /**
   * What stands for a bad node: it is there, so that its machine is not taken for one that never
   * became a node, and ready, so that nobody gives it up; but nothing is placed on it, and it is
   * not removed.
   *
   * @param problem what is wrong with it
   */
  public static Node standIn(io.fabric8.kubernetes.api.model.Node node, String problem) {
    Problems known = new Problems();
    ObjectMeta metadata = Fields.metadata(node);
    NodeSpec spec = node.getSpec() == null ? new NodeSpec() : node.getSpec();
    return new Node(
        new NodeName(Fields.text(metadata.getName())),
        Fields.identity(metadata),
        Fields.map(metadata.getLabels()),
        Map.of(Keys.DO_NOT_DISRUPT, "true"),
        new Node.Spec(
            TaintDecoder.taints("spec.taints", spec.getTaints(), known),
            true,
            providerId(Fields.text(spec.getProviderID()))),
        new Node.Status(
            Resources.NONE,
            true,
            null,
            Fields.createdAt(metadata, known),
            Fields.time("metadata.deletionTimestamp", metadata.getDeletionTimestamp(), known)));
  }

  /** Azure's interfaces differ in the case of one name, so its names are compared in lower case. */
  private static String providerId(String text) {
    return text.startsWith("azure://") ? text.toLowerCase(Locale.ROOT) : text;
  }

  private static Node.Status status(
      io.fabric8.kubernetes.api.model.Node node, ObjectMeta metadata, Problems problems) {
    NodeStatus written = node.getStatus() == null ? new NodeStatus() : node.getStatus();
    boolean ready = false;
    Instant changedAt = null;
    String gpuHealth = "";
    for (NodeCondition each : Fields.list(written.getConditions())) {
      if (Keys.GPU_HEALTHY.equals(each.getType())) {
        gpuHealth = Fields.text(each.getReason());
      }
      if ("Ready".equals(each.getType())) {
        ready = "True".equals(each.getStatus());
        changedAt =
            Fields.time(
                "status.conditions[Ready].lastTransitionTime",
                each.getLastTransitionTime(),
                problems);
      }
    }
    return new Node.Status(
        allocatable(written, problems),
        ready,
        changedAt,
        Fields.createdAt(metadata, problems),
        Fields.time("metadata.deletionTimestamp", metadata.getDeletionTimestamp(), problems),
        gpuHealth,
        NodeNotices.endsAt(Fields.list(written.getConditions())).orElse(null));
  }

  /** Allocatable; the capacity where it is not given, as the API defaults it. */
  private static Resources allocatable(NodeStatus written, Problems problems) {
    return written.getAllocatable() == null || written.getAllocatable().isEmpty()
        ? ResourcesDecoder.decode("status.capacity", written.getCapacity(), problems)
        : ResourcesDecoder.decode("status.allocatable", written.getAllocatable(), problems);
  }
}
