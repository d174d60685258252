package dev.windlass.provider.contract.rows;

import dev.windlass.provider.contract.Row;
import java.util.List;
import java.util.stream.Stream;

/**
 * What went wrong in the field with others, by the numbers of their issues: CA is Cluster
 * Autoscaler, AKS its managed form, KAWS, KAZ and KGCP are Karpenter's providers.
 */
public final class PeerBugs {
  private PeerBugs() {}

  /** The rows. */
  public static List<Row> rows() {
    return Stream.of(
            TargetBugs.rows(),
            MachineBugs.rows(),
            RequestBugs.rows(),
            GroupBugs.rows(),
            elsewhere())
        .flatMap(List::stream)
        .toList();
  }

  private static List<Row> elsewhere() {
    return List.of(
        Row.elsewhere(
            "CA-1949",
            "GPUs bought twice while their driver installs",
            "decided by the core: promised GPUs count until their deadline"),
        Row.elsewhere(
            "CA-2809",
            "allocatable is guessed wrong, and machine after machine is bought",
            "decided from Nodes: TemplateDriftAssemblyTest remembers the real amounts"),
        Row.elsewhere(
            "CA-8973",
            "labels and taints of real nodes differ from the tags",
            "decided from Nodes: compared by the core (TemplateDriftTest)"),
        Row.elsewhere(
            "CA-6128",
            "Node deleted by hand while its machine runs",
            "decided by the core from machines without a Node; F27 deletes such a machine"));
  }
}
