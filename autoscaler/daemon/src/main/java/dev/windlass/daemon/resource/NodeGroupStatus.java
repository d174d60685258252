package dev.windlass.daemon.resource;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.model.annotation.StatusReplicas;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The status of a NodeGroup.
 *
 * @param observedGeneration the spec that was read last
 * @param targetSize what the cloud was last asked for
 * @param nodes nodes that belong to the group
 * @param readyNodes those of them that are ready
 * @param leaderTransitions of the lease of the last leader that wrote an intent or took over
 * @param operations intents that were written before their cloud calls and have no outcome yet
 * @param conditions {@code Accepted}: whether the spec is valid; {@code Scaling}: whether it is
 *     acted on; {@code TemplateMatches}: whether its nodes are as described; {@code CloudHealthy}:
 *     whether its cloud could be read and has nothing to remark
 * @param gpuFailures machines whose GPU bootstrap failed within the last hour
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record NodeGroupStatus(
    @Nullable Long observedGeneration,
    @Nullable Integer targetSize,
    @StatusReplicas @Nullable Integer nodes,
    @Nullable Integer readyNodes,
    @Nullable Integer leaderTransitions,
    List<Operation> operations,
    List<Condition> conditions,
    List<GpuFailure> gpuFailures) {
  /** Nothing known yet. */
  public static final NodeGroupStatus EMPTY =
      new NodeGroupStatus(null, null, null, null, null, List.of(), List.of(), List.of());

  public NodeGroupStatus {
    operations = Absent.toEmpty(operations);
    conditions = Absent.toEmpty(conditions);
    gpuFailures = Absent.toEmpty(gpuFailures);
  }

  /**
   * A machine whose GPU bootstrap failed; several in a row keep its kind from being bought.
   *
   * @param kind instance type, an at sign, and the version of the stack
   * @param machine the cloud's id
   * @param at RFC 3339
   */
  public record GpuFailure(
      @JsonPropertyDescription("Instance type, an at sign, and the version of the stack.") @Required
          String kind,
      @Required String machine,
      @JsonPropertyDescription("RFC 3339.") @Required String at) {}

  /** The same with other intents. */
  public NodeGroupStatus withOperations(List<Operation> others) {
    return new NodeGroupStatus(
        observedGeneration,
        targetSize,
        nodes,
        readyNodes,
        leaderTransitions,
        others,
        conditions,
        gpuFailures);
  }

  /** The same, written under this leader. */
  public NodeGroupStatus withLeaderTransitions(int transitions) {
    return new NodeGroupStatus(
        observedGeneration,
        targetSize,
        nodes,
        readyNodes,
        transitions,
        operations,
        conditions,
        gpuFailures);
  }

  /**
   * The intent of a cloud call.
   *
   * @param id the operation id
   * @param from the target that was expected
   * @param to the target that was asked for
   * @param startedAt RFC 3339
   * @param leaderTransitions of the lease under which it was written
   * @param handle the cloud's name of what it goes on doing; absent until it has answered
   */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Operation(
      String id,
      @Nullable Integer from,
      @Nullable Integer to,
      @JsonPropertyDescription("RFC 3339.") @Nullable String startedAt,
      @Nullable Integer leaderTransitions,
      @JsonPropertyDescription("The cloud's name of what it goes on doing.")
          @Nullable String handle) {
    /** The same with the cloud's name of it. */
    public Operation withHandle(String other) {
      return new Operation(id, from, to, startedAt, leaderTransitions, other);
    }
  }
}
