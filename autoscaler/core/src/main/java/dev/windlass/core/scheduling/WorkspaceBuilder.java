package dev.windlass.core.scheduling;

import dev.windlass.core.model.ClusterSnapshot;
import dev.windlass.core.model.DaemonSet;
import dev.windlass.core.model.Pod;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Makes an empty workspace that knows every pod of a snapshot and what these say of each other. */
public final class WorkspaceBuilder {
  private WorkspaceBuilder() {}

  /**
   * A workspace without nodes.
   *
   * @param workloads the cluster's pods and daemons
   * @param toCome pods that are about to exist
   */
  public static Workspace of(ClusterSnapshot.Workloads workloads, List<Pod> toCome) {
    ShapeIndex index = new ShapeIndex();
    List<Pod> pods = new ArrayList<>(workloads.pods());
    pods.addAll(toCome);
    List<ShapeIndex.Kind> kinds = new ArrayList<>(pods.size());
    for (Pod pod : pods) {
      kinds.add(index.kind(pod.spec()));
    }
    workloads.daemonSets().forEach(daemon -> index.kind(daemon.spec()));
    ResourceColumns columns = index.columns();
    List<PodShape> shapes = new ArrayList<>(pods.size());
    for (int pod = 0; pod < pods.size(); pod++) {
      Pod each = pods.get(pod);
      shapes.add(index.of(kinds.get(pod), each.key(), each.metadata().labels()));
    }
    Set<PodShape> daemons = new LinkedHashSet<>();
    for (DaemonSet daemon : workloads.daemonSets()) {
      daemons.add(index.of(index.kind(daemon.spec()), daemon.key(), daemon.labels()));
    }
    PodRuleIndex rules = new PodRuleIndex(workloads.namespaceLabels());
    if (index.hasSelectors()) {
      rules.tie(index.subjects());
    }
    DeviceRule devices = new DeviceRule(workloads.devices());
    for (PodRuleIndex.Subject each : index.subjects()) {
      each.shape().attached |= devices.backsSomeOf(each.shape());
      each.shape().contested |= devices.contested(each.shape());
    }
    return new Workspace(
        index, shapes, rules, List.copyOf(daemons), new Room(columns, List.of(devices)));
  }
}
