package dev.windlass.core.scheduling;

import dev.windlass.core.model.Node;
import dev.windlass.core.model.NodeGroup;
import dev.windlass.core.model.Offering;
import dev.windlass.core.model.Resources;
import dev.windlass.core.model.Taint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a node that is still starting will look like: itself, completed by its template. */
final class StartingNode {
  private StartingNode() {}

  static NodeFacts facts(Node node, @Nullable Offering offering) {
    Map<String, String> labels = new HashMap<>();
    List<Taint> taints = new ArrayList<>();
    if (offering != null) {
      labels.putAll(offering.template().labels());
    }
    labels.putAll(node.labels());
    for (Taint taint : node.spec().taints()) {
      boolean passing = Standings.isPassing(taint, offering);
      if (!passing) {
        taints.add(taint);
      }
    }
    return new NodeFacts(
        node.name().value(),
        labels,
        taints,
        node.spec().unschedulable(),
        offering == null ? List.of() : offering.template().slices(),
        offering == null ? Map.of() : offering.template().volumeLimits());
  }

  /** A driver speaks for a node some time after the node is ready. */
  static NodeFacts withDevicesToCome(
      NodeFacts facts,
      Node node,
      @Nullable NodeGroup group,
      @Nullable Offering offering,
      Instant now) {
    boolean young =
        group != null
            && now.isBefore(node.status().createdAt().plus(group.settings().provisionTimeout()));
    return young && offering != null
        ? facts.withDevicesToCome(offering.template().slices())
        : facts;
  }

  /** Devices are not advertised before the device plugin runs, so the template counts, too. */
  static Resources allocatable(Node node, @Nullable Offering offering) {
    Resources own = node.status().allocatable();
    if (offering == null) {
      return own;
    }
    Resources completed = own;
    for (Map.Entry<String, Long> each : offering.template().allocatable().amounts().entrySet()) {
      if (own.get(each.getKey()) == 0) {
        completed = completed.with(each.getKey(), each.getValue());
      }
    }
    return completed;
  }
}
