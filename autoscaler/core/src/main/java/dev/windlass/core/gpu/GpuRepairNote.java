package dev.windlass.core.gpu;

import dev.windlass.core.model.GpuRepair;
import dev.windlass.core.model.Keys;
import dev.windlass.core.model.Node;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The annotation {@code windlass.dev/gpu-repair}, for instance {@code Reset 2026-05-04T10:00:00Z
 * Xid 119 on GPU-1}: all that is remembered of a node's trouble. {@code Reset/ordered} says that
 * the node is empty and its agent has the order since then; {@code None} that it is healthy again.
 *
 * @param repair what is due
 * @param ordered whether the agent is to do it now
 * @param since when this began
 * @param cause why, in words
 */
record GpuRepairNote(GpuRepair repair, boolean ordered, Instant since, String cause) {
  private static final String ORDERED = "/ordered";

  /** What the node says; empty without the annotation, or with one that is not ours. */
  static Optional<GpuRepairNote> read(Node node) {
    String[] words = node.annotations().getOrDefault(Keys.GPU_REPAIR, "").split(" ", 3);
    boolean ordered = words[0].endsWith(ORDERED);
    String title = ordered ? words[0].substring(0, words[0].length() - ORDERED.length()) : words[0];
    for (GpuRepair repair : GpuRepair.values()) {
      if (words.length >= 2 && repair.title().equals(title)) {
        try {
          String cause = words.length == 3 ? words[2] : "";
          return Optional.of(new GpuRepairNote(repair, ordered, Instant.parse(words[1]), cause));
        } catch (DateTimeException _) {
          return Optional.empty();
        }
      }
    }
    return Optional.empty();
  }

  /** A repair that is due. */
  static GpuRepairNote due(GpuTrouble trouble, Instant now) {
    return new GpuRepairNote(trouble.repair(), false, now, trouble.cause());
  }

  /** The annotation. */
  SortedMap<String, String> written() {
    String what = repair.title() + (ordered ? ORDERED : "");
    return new TreeMap<>(Map.of(Keys.GPU_REPAIR, (what + " " + since + " " + cause).strip()));
  }

  /** Whether the node is still in trouble. */
  boolean isOpen() {
    return repair != GpuRepair.NONE;
  }
}
