package dev.windlass.daemon.resource;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The status of a GpuStack.
 *
 * @param observedGeneration the spec that was read last
 * @param nodes nodes that follow the stack
 * @param readyNodes those of them that run GPU pods
 * @param conditions {@code Accepted}: whether the spec is valid
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record GpuStackStatus(
    @Nullable Long observedGeneration,
    @Nullable Integer nodes,
    @Nullable Integer readyNodes,
    List<Condition> conditions) {
  /** Nothing known yet. */
  public static final GpuStackStatus EMPTY = new GpuStackStatus(null, null, null, List.of());

  public GpuStackStatus {
    conditions = Absent.toEmpty(conditions);
  }
}
