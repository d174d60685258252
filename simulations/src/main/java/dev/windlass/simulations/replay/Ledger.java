package dev.windlass.simulations.replay;

import dev.windlass.core.model.Offering;
import dev.windlass.core.model.Resources;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a run cost and how much of it was used; amounts times time, settled at each change. */
final class Ledger {
  private static final double SECONDS_PER_HOUR = 3_600;

  private final SortedMap<String, Double> nodeHours = new TreeMap<>();
  private final List<Duration> waits = new ArrayList<>();
  private double usd;
  private double cpuBought;
  private double cpuUsed;
  private double gpuBought;
  private double gpuUsed;

  /** A machine was paid for from one time to another. */
  void machine(Offering offering, Instant from, Instant to) {
    double hours = Duration.between(from, to).toMillis() / 1000.0 / SECONDS_PER_HOUR;
    nodeHours.merge(offering.variant().instanceType(), hours, Double::sum);
    usd += hours * offering.price().usdPerHour();
    Resources size = offering.template().allocatable();
    cpuBought += hours * size.get(Resources.CPU);
    gpuBought += hours * size.get(Resources.NVIDIA_GPU);
  }

  /** A pod ran from one time to another. */
  void pod(TracePod pod, Instant from, Instant to) {
    double hours = Duration.between(from, to).toMillis() / 1000.0 / SECONDS_PER_HOUR;
    cpuUsed += hours * pod.cpuMilli();
    gpuUsed += hours * pod.gpus() * (pod.isShare() ? pod.gpuMilli() / 1000.0 : 1);
  }

  /** A pod started to run so long after it was created. */
  void started(Duration wait) {
    waits.add(wait);
  }

  double usd() {
    return usd;
  }

  SortedMap<String, Double> nodeHours() {
    return nodeHours;
  }

  /** The share of the bought cores that pods asked for, 0 to 1; 0 when none was bought. */
  double cpuUtilization() {
    return cpuBought == 0 ? 0 : cpuUsed / cpuBought;
  }

  /** The same of GPUs. */
  double gpuUtilization() {
    return gpuBought == 0 ? 0 : gpuUsed / gpuBought;
  }

  /** How many pods started. */
  int starts() {
    return waits.size();
  }

  /** The time from creation to running that this share of the pods did not exceed, in seconds. */
  double waitSeconds(double quantile) {
    if (waits.isEmpty()) {
      return 0;
    }
    List<Duration> sorted = waits.stream().sorted().toList();
    int rank = (int) Math.ceil(quantile * sorted.size()) - 1;
    return sorted.get(Math.max(0, rank)).toMillis() / 1000.0;
  }
}
