package dev.windlass.daemon.kubernetes;

import dev.windlass.core.gpu.GpuPlan;
import dev.windlass.core.model.GpuPhase;
import dev.windlass.daemon.kubernetes.StatusConditions.Wanted;
import dev.windlass.daemon.resource.GpuStackMapping;
import dev.windlass.daemon.resource.GpuStackResource;
import dev.windlass.daemon.resource.GpuStackStatus;
import dev.windlass.daemon.resource.Parsed;
import dev.windlass.gpu.operand.GpuOperands;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the daemon writes into the status of a GpuStack. */
final class GpuStackStatuses {
  private GpuStackStatuses() {}

  /** The fields of the status that are to be patched; empty when all are so already. */
  static Optional<Map<String, Object>> patch(
      GpuStackResource resource, GpuPlan plan, String problem, Instant now) {
    @Nullable GpuStackStatus given = resource.getStatus();
    GpuStackStatus status = given == null ? GpuStackStatus.EMPTY : given;
    Long generation = resource.getMetadata().getGeneration();
    String name = resource.getMetadata().getName();
    List<GpuPlan.Machine> machines =
        plan.machines().stream().filter(each -> each.stack().value().equals(name)).toList();
    int ready =
        (int) machines.stream().filter(each -> each.progress().phase() == GpuPhase.READY).count();
    List<Condition> conditions =
        StatusConditions.merge(status.conditions(), wanted(resource, problem), generation, now);
    boolean same =
        StatusConditions.same(status.conditions(), conditions)
            && Objects.equals(status.observedGeneration(), generation)
            && Objects.equals(status.nodes(), machines.size())
            && Objects.equals(status.readyNodes(), ready);
    if (same) {
      return Optional.empty();
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    if (generation != null) {
      fields.put("observedGeneration", generation);
    }
    fields.put("nodes", machines.size());
    fields.put("readyNodes", ready);
    fields.put("conditions", StatusConditions.written(conditions));
    return Optional.of(fields);
  }

  private static List<Wanted> wanted(GpuStackResource resource, String problem) {
    return GpuStackMapping.operands(resource) instanceof Parsed.Ok<List<HasMetadata>>(var objects)
        ? List.of(Wanted.accepted(problem), pinned(GpuOperands.unpinned(objects)))
        : List.of(Wanted.accepted(problem));
  }

  /** Whether a registry can replace what runs as root on nodes. */
  private static Wanted pinned(List<String> unpinned) {
    String type = "ImagesPinned";
    return unpinned.isEmpty()
        ? new Wanted(type, true, "ByDigest", "every image of its operands is pinned by digest")
        : new Wanted(
            type,
            false,
            "ByName",
            "these run as their registry has them, so name a digest in spec.driver.image: "
                + String.join(", ", unpinned));
  }
}
