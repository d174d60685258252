package dev.windlass.simulations.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a recording of cases is mainly about. */
enum Subject {
  /** Everything that pods and nodes say themselves. */
  PODS(
      "InterPodAffinity",
      "NodeAffinity",
      "NodePorts",
      "NodeResourcesFit",
      "NodeUnschedulable",
      "PodTopologySpread",
      "TaintToleration"),
  /** PersistentVolumeClaims and what they lead to, and disks that pods name. */
  VOLUMES("NodeVolumeLimits", "VolumeBinding", "VolumeRestrictions", "VolumeZone"),
  /** ResourceClaims and what they lead to. */
  DEVICES("DynamicResources"),
  /** Pods that were promised a node, priorities, scheduling gates. */
  QUEUE("NominatedPods", "SchedulingGates", Agreement.NOMINATED_EARLY);

  private final List<String> rules;

  Subject(String... rules) {
    this.rules = List.of(rules);
  }

  /** The recording, on the class path. */
  String resource() {
    return "/oracle/" + name().toLowerCase(Locale.ROOT) + ".jsonl.gz";
  }

  /** The plugins that the subject must meet, and acceptance. */
  List<String> rules() {
    List<String> all = new ArrayList<>(rules);
    all.add(Agreement.ACCEPTED);
    return all;
  }
}
