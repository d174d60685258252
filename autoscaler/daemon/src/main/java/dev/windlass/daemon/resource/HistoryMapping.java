package dev.windlass.daemon.resource;

import dev.windlass.core.model.RememberedHistory;
import dev.windlass.core.model.ScalerHistory;
import dev.windlass.core.model.ScalerHistory.MetricMemory;
import dev.windlass.core.model.ScalerHistory.Outage;
import dev.windlass.core.model.ScalerHistory.Recommendation;
import dev.windlass.core.model.ScalerHistory.ScaleEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A scaler's memory as its status holds it, both ways. */
public final class HistoryMapping {
  private HistoryMapping() {}

  /** The memory of a status; entries whose time can't be read are forgotten. */
  static RememberedHistory parse(@Nullable ReplicaScalerStatus status) {
    if (status == null) {
      return RememberedHistory.NONE;
    }
    List<Recommendation> recommendations = new ArrayList<>();
    for (ReplicaScalerStatus.Recommendation each : status.recommendations()) {
      KubernetesSyntax.time(each.at())
          .map(at -> new Recommendation(at, each.replicas()))
          .ifPresent(recommendations::add);
    }
    List<ScaleEvent> events = new ArrayList<>();
    for (ReplicaScalerStatus.ScaleEvent each : status.scaleEvents()) {
      KubernetesSyntax.time(each.at())
          .map(at ->
              new ScaleEvent(at, each.change(), KubernetesSyntax.time(each.since()).orElse(at)))
          .ifPresent(events::add);
    }
    return new RememberedHistory(
        new ScalerHistory(
            recommendations,
            events,
            scaledToZero(status),
            KubernetesSyntax.time(status.lastScaleTime()).orElse(null),
            null,
            metrics(status),
            ForesightMapping.parse(status.prediction())),
        KubernetesSyntax.time(status.rememberedAt()).orElse(null),
        status.desiredReplicas() == null ? 0 : status.desiredReplicas());
  }

  /** The lists of a status that hold this memory. */
  public static Map<String, Object> written(ScalerHistory history) {
    Map<String, Object> lists = new LinkedHashMap<>();
    lists.put(
        "recommendations",
        history.recommendations().stream()
            .map(each -> Map.of("at", each.at().toString(), "replicas", each.replicas()))
            .toList());
    lists.put("scaleEvents", history.events().stream().map(HistoryMapping::written).toList());
    lists.put("outages", outages(history));
    lists.put("prediction", ForesightMapping.written(history.foresight()));
    return lists;
  }

  private static Map<String, Object> written(ScaleEvent event) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("at", event.at().toString());
    fields.put("change", event.change());
    if (!event.since().equals(event.at())) {
      fields.put("since", event.since().toString());
    }
    return fields;
  }

  private static List<Map<String, Object>> outages(ScalerHistory history) {
    List<Map<String, Object>> outages = new ArrayList<>();
    new TreeMap<>(history.metrics())
        .forEach((metric, known) -> {
          if (known.outage() != null) {
            outages.add(outage(metric, known, known.outage()));
          }
        });
    return outages;
  }

  private static Map<String, Object> outage(int metric, MetricMemory known, Outage outage) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("metric", metric);
    fields.put("since", outage.since().toString());
    fields.put("replicas", outage.replicas());
    if (known.last() != null) {
      fields.put("lastAt", known.last().at().toString());
      fields.put("lastReplicas", known.last().replicas());
    }
    return fields;
  }

  private static Map<Integer, MetricMemory> metrics(ReplicaScalerStatus status) {
    Map<Integer, MetricMemory> metrics = new HashMap<>();
    for (ReplicaScalerStatus.Outage each : status.outages()) {
      @Nullable Instant lastAt = KubernetesSyntax.time(each.lastAt()).orElse(null);
      @Nullable Recommendation last =
          lastAt == null || each.lastReplicas() == null
              ? null
              : new Recommendation(lastAt, each.lastReplicas());
      KubernetesSyntax.time(each.since())
          .ifPresent(since ->
              metrics.put(
                  each.metric(), new MetricMemory(last, new Outage(since, each.replicas()))));
    }
    return metrics;
  }

  private static boolean scaledToZero(ReplicaScalerStatus status) {
    return status.conditions().stream()
        .anyMatch(condition ->
            "ScaledToZero".equals(condition.getType()) && "True".equals(condition.getStatus()));
  }
}
