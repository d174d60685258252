package dev.windlass.daemon.resource;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.Quantity;
import org.jspecify.annotations.Nullable;

/** One metric of a ReplicaScaler, as in {@code autoscaling/v2}, or a schedule. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value =
        "(self.type == 'Resource') == has(self.resource)"
            + " && (self.type == 'ContainerResource') == has(self.containerResource)"
            + " && (self.type == 'Pods') == has(self.pods)"
            + " && (self.type == 'Object') == has(self.object)"
            + " && (self.type == 'External') == has(self.external)"
            + " && (self.type == 'Schedule') == has(self.schedule)",
    message = "the field that the type names must be set, and no other")
public record ReplicaMetric(
    @Required Type type,
    @Nullable ResourceSource resource,
    @Nullable ContainerResourceSource containerResource,
    @Nullable PodsSource pods,
    @Nullable ObjectSource object,
    @Nullable ExternalSource external,
    @Nullable ScheduleSource schedule) {
  /** Where a metric comes from. */
  public enum Type {
    Resource,
    ContainerResource,
    Pods,
    Object,
    External,
    Schedule
  }

  /** A resource of all containers of each pod. */
  public record ResourceSource(@Required @Size(min = 1) String name, @Required Target target) {}

  /** A resource of one container of each pod. */
  public record ContainerResourceSource(
      @Required @Size(min = 1) String name,
      @Required @Size(min = 1) String container,
      @Required Target target) {}

  /** A custom metric of each pod. */
  public record PodsSource(@Required Identifier metric, @Required Target target) {}

  /** A custom metric of one object. */
  public record ObjectSource(
      @Required Identifier metric,
      @Required ReplicaScalerSpec.ObjectReference describedObject,
      @Required Target target) {}

  /** A metric from outside the cluster. */
  public record ExternalSource(@Required Identifier metric, @Required Target target) {}

  /** So many replicas at least while the clock is between a start and an end. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record ScheduleSource(
      @Required @Size(min = 1) String name,
      @JsonPropertyDescription("Time zone of both lines, for instance Europe/Rome; UTC when absent.")
          @Nullable String timeZone,
      @JsonPropertyDescription("When it begins: a crontab line of five fields.") @Required
          String start,
      @JsonPropertyDescription("When it ends: a crontab line of five fields.") @Required String end,
      @Required @Min(0) int replicas) {}

  /** A metric's name. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Identifier(
      @Required @Size(min = 1) String name, @Nullable LabelSelector selector) {}

  /** What a metric is held at. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Target(
      @Required TargetType type,
      @JsonPropertyDescription("Percent of the pods' requests.") @Min(1)
          @Nullable Integer averageUtilization,
      @JsonPropertyDescription("An average over the pods.") @Nullable Quantity averageValue,
      @Nullable Quantity value) {}

  /** How a target is written. */
  public enum TargetType {
    Utilization,
    Value,
    AverageValue
  }
}
