package dev.windlass.core.scheduling;

import dev.windlass.core.model.ClusterSnapshot;
import dev.windlass.core.model.DaemonSet;
import dev.windlass.core.model.Pod;
import dev.windlass.core.model.PodSpec;
import dev.windlass.core.model.Resources;
import dev.windlass.core.model.Storage;
import dev.windlass.core.volumes.VolumeLedger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

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
    List<Pod> pods = new ArrayList<>(workloads.pods());
    pods.addAll(toCome);
    IdentityHashMap<PodSpec, Boolean> seen = new IdentityHashMap<>();
    Set<String> resources = new TreeSet<>();
    Set<String> selectorKeys = new TreeSet<>();
    boolean selectors = false;
    List<Pod> withVolumes = new ArrayList<>();
    for (Pod pod : pods) {
      if (seen.put(pod.spec(), true) == null) {
        selectors |= describe(pod.spec(), resources, selectorKeys);
      }
      if (!pod.spec().attachments().volumes().isEmpty()) {
        withVolumes.add(pod);
      }
    }
    boolean volumes = !withVolumes.isEmpty();
    for (DaemonSet daemon : workloads.daemonSets()) {
      selectors |= describe(daemon.spec(), resources, selectorKeys);
      volumes |= !daemon.spec().attachments().volumes().isEmpty();
    }
    VolumeLedger ledger =
        new VolumeLedger(volumes ? workloads.storage() : Storage.NONE, withVolumes);
    ResourceColumns columns = new ResourceColumns(new TreeSet<>(resources));
    ShapeIndex shapes = new ShapeIndex(columns, selectors, selectorKeys, ledger);
    pods.forEach(shapes::of);
    Map<PodShape, Boolean> daemons = new HashMap<>();
    List<PodShape> daemonShapes = new ArrayList<>();
    for (DaemonSet daemon : workloads.daemonSets()) {
      PodShape shape = shapes.of(daemon);
      if (daemons.put(shape, true) == null) {
        daemonShapes.add(shape);
      }
    }
    PodRuleIndex rules = new PodRuleIndex(workloads.namespaceLabels());
    if (selectors) {
      rules.tie(shapes.subjects());
    }
    DeviceRule devices = new DeviceRule(workloads.devices());
    for (PodRuleIndex.Subject each : shapes.subjects()) {
      each.shape().attached |= devices.backsSomeOf(each.shape());
      each.shape().contested |= devices.contested(each.shape()) || each.shape().volumes.contested();
    }
    List<ReservingRule> reserving =
        volumes ? List.of(new VolumeRule(ledger), devices) : List.of(devices);
    return new Workspace(shapes, rules, daemonShapes, new Room(columns, reserving));
  }

  private static boolean describe(PodSpec spec, Set<String> resources, Set<String> selectorKeys) {
    resources.addAll(EffectiveRequests.of(spec).amounts().keySet());
    if (spec.gpuMilli() > 0) {
      resources.add(Resources.NVIDIA_GPU);
    }
    selectorKeys.addAll(PodRuleIndex.keysMentioned(spec.rules()));
    return spec.rules().speaksOfPods();
  }
}
