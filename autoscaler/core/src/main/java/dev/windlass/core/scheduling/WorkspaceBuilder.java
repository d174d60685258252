package dev.windlass.core.scheduling;

import dev.windlass.core.model.ClusterSnapshot;
import dev.windlass.core.model.DaemonSet;
import dev.windlass.core.model.Pod;
import dev.windlass.core.model.Storage;
import dev.windlass.core.volumes.VolumeLedger;
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
    List<Pod> withVolumes = new ArrayList<>();
    for (Pod pod : pods) {
      kinds.add(index.kind(pod.spec()));
      if (!pod.spec().attachments().volumes().isEmpty()) {
        withVolumes.add(pod);
      }
    }
    boolean volumes = !withVolumes.isEmpty();
    for (DaemonSet daemon : workloads.daemonSets()) {
      index.kind(daemon.spec());
      volumes |= !daemon.spec().attachments().volumes().isEmpty();
    }
    VolumeLedger ledger =
        new VolumeLedger(volumes ? workloads.storage() : Storage.NONE, withVolumes);
    ResourceColumns columns = index.columns(ledger);
    List<PodShape> shapes = new ArrayList<>(pods.size());
    for (int pod = 0; pod < pods.size(); pod++) {
      shapes.add(index.of(kinds.get(pod), pods.get(pod)));
    }
    Set<PodShape> daemons = new LinkedHashSet<>();
    workloads.daemonSets().forEach(daemon -> daemons.add(index.of(daemon)));
    PodRuleIndex rules = new PodRuleIndex(workloads.namespaceLabels());
    if (index.hasSelectors()) {
      rules.tie(index.subjects());
    }
    DeviceRule devices = new DeviceRule(workloads.devices());
    for (PodRuleIndex.Subject each : index.subjects()) {
      each.shape().attached |= devices.backsSomeOf(each.shape());
      each.shape().contested |= devices.contested(each.shape()) || each.shape().volumes.contested();
    }
    List<ReservingRule> reserving =
        volumes ? List.of(new VolumeRule(ledger), devices) : List.of(devices);
    return new Workspace(index, shapes, rules, List.copyOf(daemons), new Room(columns, reserving));
  }
}
