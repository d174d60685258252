package dev.windlass.simulations.oracle;

import java.util.List;
import java.util.Locale;

/** What a recording of cases is mainly about. */
enum Subject {
  /** Everything that pods and nodes say themselves. */
  PODS,
  /** PersistentVolumeClaims and what they lead to, and disks that pods name. */
  VOLUMES,
  /** ResourceClaims and what they lead to. */
  DEVICES,
  /** Resources by name that ResourceSlices provide. */
  EXTENDED,
  /** Pods that were promised a node, priorities, scheduling gates. */
  QUEUE;

  /** The recording, on the class path. */
  String resource() {
    return "/oracle/" + name().toLowerCase(Locale.ROOT) + ".jsonl.gz";
  }

  /** What its cases must show often beside acceptance. */
  List<String> rules() {
    return switch (this) {
      case PODS ->
          List.of(
              "InterPodAffinity",
              "NodeAffinity",
              "NodePorts",
              "NodeResourcesFit",
              "NodeUnschedulable",
              "PodTopologySpread",
              "TaintToleration");
      case VOLUMES ->
          List.of("NodeVolumeLimits", "VolumeBinding", "VolumeRestrictions", "VolumeZone");
      case DEVICES, EXTENDED -> List.of("DynamicResources");
      case QUEUE -> List.of("NominatedPods", "SchedulingGates", Agreement.NOMINATED_EARLY);
    };
  }
}
