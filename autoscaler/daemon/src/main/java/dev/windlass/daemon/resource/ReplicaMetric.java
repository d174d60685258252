package dev.windlass.daemon.resource;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.Quantity;
import org.jspecify.annotations.Nullable;

/** One metric of a ReplicaScaler, as in {@code autoscaling/v2}, one of our own, or a schedule. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value =
        "(self.type == 'Resource') == has(self.resource)"
            + " && (self.type == 'ContainerResource') == has(self.containerResource)"
            + " && (self.type == 'Pods') == has(self.pods)"
            + " && (self.type == 'Object') == has(self.object)"
            + " && (self.type == 'External') == has(self.external)"
            + " && (self.type == 'Prometheus') == has(self.prometheus)"
            + " && (self.type == 'PodScrape') == has(self.podScrape)"
            + " && (self.type == 'Schedule') == has(self.schedule)",
    message = "the field that the type names must be set, and no other")
public record ReplicaMetric(
    @Required Type type,
    @Nullable ResourceSource resource,
    @Nullable ContainerResourceSource containerResource,
    @Nullable PodsSource pods,
    @Nullable ObjectSource object,
    @Nullable ExternalSource external,
    @Nullable PrometheusSource prometheus,
    @Nullable PodScrapeSource podScrape,
    @Nullable ScheduleSource schedule) {
  /** Where a metric comes from. */
  public enum Type {
    Resource,
    ContainerResource,
    Pods,
    Object,
    External,
    Prometheus,
    PodScrape,
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

  /** The number that a Prometheus query gives. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record PrometheusSource(
      @JsonPropertyDescription("What the metric is called in conditions.") @Required @Size(min = 1)
          String name,
      @JsonPropertyDescription(
              "For instance http://prometheus.monitoring.svc:9090; the daemon's Configuration must"
                  + " allow its host.")
          @Required
          @Size(min = 1, max = 1024)
          String serverAddress,
      @JsonPropertyDescription("A query whose answer is one number.")
          @Required
          @Size(min = 1, max = 4096)
          String query,
      @JsonPropertyDescription(
              "A Secret beside the scaler: token, or username and password; ca.crt.")
          @Nullable String secretName,
      @JsonPropertyDescription("5s when absent, at most 30s.") @Default("5s")
          @Nullable String timeout,
      @Required Target target) {}

  /** A metric that each pod serves itself. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record PodScrapeSource(
      @Required Identifier metric,
      @JsonPropertyDescription("Where each pod serves its metrics.") @Required @Min(1) @Max(65535)
          int port,
      @JsonPropertyDescription("/metrics when absent.") @Default("/metrics") @Nullable String path,
      @JsonPropertyDescription("Gauge when absent; Rate: growth in one second.") @Default("Gauge")
          @Nullable Reading reading,
      @JsonPropertyDescription("Joins the series of one pod; Sum when absent.") @Default("Sum")
          @Nullable Aggregation aggregation,
      @Required Target target) {}

  /** How a series becomes a number. */
  public enum Reading {
    Gauge,
    Rate
  }

  /** How the series of one pod become one number. */
  public enum Aggregation {
    Sum,
    Mean,
    Max
  }

  /** So many replicas at least while the clock is between a start and an end. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record ScheduleSource(
      @Required @Size(min = 1) String name,
      @JsonPropertyDescription(
              "Time zone of both lines, for instance Europe/Rome; UTC when absent.")
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
