package dev.windlass.daemon.kubernetes;

import dev.windlass.core.gpu.GpuGroup;
import dev.windlass.core.model.NodeGroup;
import dev.windlass.core.model.TemplateDrift;
import dev.windlass.daemon.cloud.CloudStanding;
import dev.windlass.daemon.kubernetes.StatusConditions.Wanted;
import dev.windlass.daemon.resource.GpuFailureMapping;
import dev.windlass.daemon.resource.NodeGroupResource;
import dev.windlass.daemon.resource.NodeGroupStatus;
import dev.windlass.provider.spi.GroupView;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the daemon writes into the status of a NodeGroup; intents are the journal's. */
final class NodeGroupStatuses {
  static final String DRIFT = "TemplateDrift";

  private static final String CLOUD = "CloudHealthy";
  private static final String TEMPLATE = "TemplateMatches";

  private NodeGroupStatuses() {}

  /**
   * What is known of a group.
   *
   * @param group as the snapshot has it, or null when it is not in there
   * @param problem what is wrong with its spec; empty when nothing is
   * @param elsewhere that another autoscaler scales it; empty when none does
   * @param nodes nodes that belong to it
   * @param readyNodes those of them that are ready
   * @param cloud what its cloud said, or null without one
   * @param drift in what its nodes are not as described
   * @param gpu what it lacks to make GPU nodes; null for a group without a GPU stack
   */
  record Known(
      @Nullable NodeGroup group,
      String problem,
      String elsewhere,
      int nodes,
      int readyNodes,
      @Nullable CloudStanding cloud,
      List<TemplateDrift> drift,
      @Nullable GpuGroup gpu) {}

  /** The fields of the status that are to be patched; empty when all are so already. */
  static Optional<Map<String, Object>> patch(NodeGroupResource resource, Known known, Instant now) {
    @Nullable NodeGroupStatus given = resource.getStatus();
    NodeGroupStatus status = given == null ? NodeGroupStatus.EMPTY : given;
    Long generation = resource.getMetadata().getGeneration();
    List<Condition> conditions =
        StatusConditions.merge(status.conditions(), wanted(known), generation, now);
    Integer target =
        known.group() == null
            ? status.targetSize()
            : Integer.valueOf(known.group().size().target());
    List<NodeGroupStatus.GpuFailure> gpuFailures =
        known.gpu() == null ? List.of() : GpuFailureMapping.written(known.gpu().failed());
    boolean same =
        StatusConditions.same(status.conditions(), conditions)
            && Objects.equals(status.observedGeneration(), generation)
            && Objects.equals(status.targetSize(), target)
            && orZero(status.nodes()) == known.nodes()
            && orZero(status.readyNodes()) == known.readyNodes()
            && status.gpuFailures().equals(gpuFailures);
    if (same) {
      return Optional.empty();
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    if (generation != null) {
      fields.put("observedGeneration", generation);
    }
    if (target != null) {
      fields.put("targetSize", target);
    }
    fields.put("nodes", known.nodes());
    fields.put("readyNodes", known.readyNodes());
    fields.put("conditions", StatusConditions.written(conditions));
    if (!gpuFailures.isEmpty() || !status.gpuFailures().isEmpty()) {
      fields.put("gpuFailures", gpuFailures);
    }
    return Optional.of(fields);
  }

  private static List<Wanted> wanted(Known known) {
    List<Wanted> wanted = new ArrayList<>();
    wanted.add(Wanted.accepted(known.problem()));
    if (known.problem().isEmpty()) {
      wanted.add(
          known.elsewhere().isEmpty()
              ? scaling(known.group())
              : new Wanted("Scaling", false, "ManagedElsewhere", known.elsewhere()));
      wanted.add(template(known.drift()));
      if (known.cloud() != null) {
        wanted.add(cloud(known.cloud()));
      }
    }
    if (known.gpu() != null) {
      wanted.addAll(GpuConditions.of(known.gpu()));
    }
    return wanted;
  }

  private static Wanted scaling(@Nullable NodeGroup group) {
    if (group == null) {
      return new Wanted("Scaling", false, "CloudUnknown", "the cloud has not described it yet");
    }
    return switch (group.settings().mode()) {
      case ACTING -> new Wanted("Scaling", true, "Acting", "Windlass scales it");
      case DRY_RUN -> new Wanted("Scaling", false, "DryRun", "decisions are reported only");
      case PAUSED ->
          new Wanted(
              "Scaling",
              false,
              "Paused",
              "it is paused, or its cloud has been silent for too long");
    };
  }

  /** The gravest of what is to be said of the cloud's group, and all of it in the message. */
  private static Wanted cloud(CloudStanding standing) {
    if (!standing.trouble().isEmpty()) {
      return new Wanted(CLOUD, false, "NotRead", standing.trouble());
    }
    List<GroupView.Remark> remarks = standing.remarks();
    if (remarks.isEmpty()) {
      return new Wanted(CLOUD, true, "Observed", "the cloud describes it");
    }
    String reason =
        switch (remarks.getFirst().kind()) {
          case RIVAL -> "Rival";
          case SUSPENDED -> "Suspended";
          case HEALTH -> "Unhealthy";
          case CONFIGURATION -> "Configuration";
        };
    return new Wanted(
        CLOUD,
        false,
        reason,
        remarks.stream().map(GroupView.Remark::message).collect(Collectors.joining("; ")));
  }

  private static Wanted template(List<TemplateDrift> drift) {
    return drift.isEmpty()
        ? new Wanted(TEMPLATE, true, "NoDrift", "no node is known to differ from its description")
        : new Wanted(TEMPLATE, false, DRIFT, drifted(drift));
  }

  /** What differs, as one sentence. */
  static String drifted(List<TemplateDrift> drift) {
    return drift.stream().map(TemplateDrift::toString).collect(Collectors.joining("; "))
        + "; what was observed is used";
  }

  private static int orZero(@Nullable Integer number) {
    return number == null ? 0 : number;
  }
}
