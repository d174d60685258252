package dev.windlass.daemon.dashboard;

import dev.windlass.engine.Tick;
import java.util.List;
import java.util.Map;

/**
 * The history at one moment: everything that the dashboard's documents are made from.
 *
 * @param facts about the daemon
 * @param tick the newest tick
 * @param log the decision log, newest first
 * @param series steps of the charts, oldest first
 * @param replicas each scaler's replicas, oldest first
 * @param starts how long GPU phases took, in seconds, by group and phase
 */
record HistoryView(
    DaemonFacts facts,
    Tick tick,
    List<LogEntry> log,
    List<SeriesPoint> series,
    Map<String, List<ReplicaPoint>> replicas,
    Map<PhaseTimes.Key, Long> starts) {}
