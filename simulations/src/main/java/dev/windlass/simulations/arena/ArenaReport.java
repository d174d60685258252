package dev.windlass.simulations.arena;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writes what was played as a page of Markdown. */
final class ArenaReport {
  private ArenaReport() {}

  /**
   * Writes it.
   *
   * @param machine what it was played on
   */
  static String write(List<Result> results, PeerFigures peers, String machine, long seed) {
    StringBuilder page = new StringBuilder();
    page.append(
        """
        # Arena: Windlass, Cluster Autoscaler and Karpenter on the same workloads

        Written by `./windlass arena -o docs/arena.md`, which plays each workload on a real control plane with a simulated cloud
        and the real daemon in a process of its own: a node is Ready 10 s after its order, GPUs are advertised 20 to 40 s later.
        [What it found](decisions/0030-what-is-on-its-way.md).

        - Machine: %s; seed of the late GPUs: %d.
        - Peers: %s They were not run again.
        - Counts of pods, times and late GPUs are those of the peers' runs. Where the sizes of their pods are not known, ours lead to
          the same lower bound within a percent. Default: every default; quick: nodes may go after 30 s, as in the tuned rows of
          Cluster Autoscaler, whatever their utilization, ten at a time.
        - p50/max: seconds from a pod's arrival until it runs. own: from the arrival of the n-th pod until the n-th of the places where
          pods ran was ordered (of those ordered before any pod ran): what the daemon adds to the boot. It counts to the n-th, as
          kube-scheduler fills machines in an order of its own. bought: machines; l: ordered late, after the first pod ran; s: no pod of the workload ever ran there. $/h: when all pods ran (÷ lower bound); shrink: at the
          end. $: the whole script. ev: evictions granted/refused. Calls and cpu: of the daemon during the script, not its start.

        | | | p50/max | own p50/max | bought | $/h | $ | left | ev | calls | cpu s |
        |--|--|--|--|--|--|--|--|--|--|--|
        """
            .formatted(machine, seed, peers.note()));
    for (Workload workload : Workload.values()) {
      List<Result> played = results.stream().filter(it -> it.workload() == workload).toList();
      if (!played.isEmpty()) {
        rows(workload, played, peers).forEach(row -> page.append(row).append('\n'));
      }
    }
    reasons(page, results);
    return page.toString();
  }

  private static List<String> rows(Workload workload, List<Result> played, PeerFigures peers) {
    List<String> rows = new ArrayList<>();
    String name = workload.label();
    for (Result result : played) {
      rows.add(row(name, result));
      name = "";
    }
    for (PeerFigures.Row peer : peers.of(workload)) {
      rows.add(row(peer.cells()));
    }
    return rows;
  }

  /** One line of figures of a play. */
  static String row(String name, Result result) {
    Result.Purchases machines = result.machines();
    Result.Cost cost = result.cost();
    Result.Traffic traffic = result.traffic();
    return String.join(
        "|",
        "|" + name,
        "**Windlass** " + result.settings().label(),
        seconds(result.waits().running()) + neverRan(result.waits()),
        seconds(result.waits().own()),
        bought(machines),
        String.format(Locale.ROOT, "%.2f", cost.plateau()) + ratio(cost),
        String.format(Locale.ROOT, "%.3f", cost.script()),
        String.valueOf(machines.left()),
        evictions(String.valueOf(traffic.evicted()), String.valueOf(traffic.refused())),
        String.valueOf(traffic.calls()),
        seconds(traffic.cpu()) + "|");
  }

  private static String seconds(Result.Spread spread) {
    return seconds(spread.median()) + "/" + seconds(spread.longest());
  }

  private static String neverRan(Result.Waits waits) {
    return waits.neverRan() == 0 ? "" : ", %d never".formatted(waits.neverRan());
  }

  private static String ratio(Result.Cost cost) {
    return cost.bound() > 0
        ? String.format(Locale.ROOT, " (%.2f)", cost.plateau() / cost.bound())
        : "";
  }

  /** The same line of a peer. */
  private static String row(List<String> cells) {
    return String.join(
        "|",
        "|",
        cells.get(0),
        cells.get(1) + "/" + cells.get(2),
        "",
        cells.get(3) + (cells.get(4).equals("0") ? "" : " (s " + cells.get(4) + ")"),
        cells.get(5) + (cells.get(6).isEmpty() ? "" : " (" + cells.get(6) + ")"),
        cells.get(7),
        cells.get(8),
        evictions(cells.get(9), cells.get(10)),
        cells.get(11),
        cells.get(12) + "|");
  }

  private static String bought(Result.Purchases machines) {
    List<String> of = new ArrayList<>();
    if (machines.late() > 0) {
      of.add("l " + machines.late());
    }
    if (machines.unused() > 0) {
      of.add("s " + machines.unused());
    }
    return machines.bought() + (of.isEmpty() ? "" : " (" + String.join(", ", of) + ")");
  }

  private static String evictions(String granted, String refused) {
    boolean none = granted.isEmpty() || (granted.equals("0") && refused.equals("0"));
    return none ? "" : granted + "/" + refused;
  }

  private static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.1f", duration.toMillis() / 1000.0);
  }

  private static void reasons(StringBuilder page, List<Result> results) {
    List<Result> asked = results.stream().filter(it -> !it.reasons().isEmpty()).toList();
    if (!asked.isEmpty()) {
      page.append("\n## What pods that stayed pending were told\n\n");
    }
    for (Result result : asked) {
      result
          .reasons()
          .forEach(reason ->
              page.append("- ")
                  .append(result.workload().label())
                  .append(": ")
                  .append(reason)
                  .append('\n'));
    }
  }
}
