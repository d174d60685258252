package dev.windlass.simulations.oracle;

import dev.windlass.core.model.AutoscalerState;
import dev.windlass.core.model.ClusterSnapshot;
import dev.windlass.core.model.Node;
import dev.windlass.core.model.Pod;
import dev.windlass.core.scheduling.ClusterMap;
import dev.windlass.core.scheduling.PodShape;
import dev.windlass.core.scheduling.Refusal;
import dev.windlass.core.scheduling.Slot;
import dev.windlass.core.scheduling.Workspace;
import dev.windlass.daemon.decode.AdmissionDefaults;
import dev.windlass.daemon.decode.Decoded;
import dev.windlass.daemon.decode.Interner;
import dev.windlass.daemon.decode.NodeDecoder;
import dev.windlass.daemon.decode.PodDecoder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What Windlass says of a case: the daemon's decoders, then core's workspace. */
final class WindlassVerdicts {
  private final PodDecoder decoder = new PodDecoder(new Interner(), AdmissionDefaults.NONE);

  /**
   * One node's verdict, asked in both ways that planners ask.
   *
   * @param room how many of at most one pod may go there
   * @param refusal why none may
   */
  record Verdict(int room, Optional<Refusal> refusal) {
    boolean accepts() {
      return room > 0;
    }
  }

  /** The verdict for each node, by its name. */
  Map<String, Verdict> of(RecordedCase recorded) {
    Pod pending = value(decoder.decode(recorded.pending()));
    List<Pod> pods = new ArrayList<>(List.of(pending));
    recorded.running().forEach(each -> pods.add(value(decoder.decode(each))));
    List<Node> nodes =
        recorded.nodes().stream().map(each -> value(NodeDecoder.decode(each))).toList();
    Map<String, Map<String, String>> namespaces = new HashMap<>();
    recorded
        .namespaces()
        .forEach(
            each -> namespaces.put(each.getMetadata().getName(), each.getMetadata().getLabels()));
    ClusterSnapshot snapshot =
        new ClusterSnapshot(
            new ClusterSnapshot.Workloads(pods, List.of(), List.of(), List.of(), namespaces),
            new ClusterSnapshot.Capacity(nodes, List.of(), List.of(), List.of()),
            ClusterSnapshot.Scaling.NONE,
            ClusterSnapshot.Gpu.NONE,
            Map.of());
    ClusterMap map =
        ClusterMap.of(snapshot, AutoscalerState.EMPTY, List.of(), Instant.EPOCH.plusSeconds(1));
    Workspace workspace = map.workspace();
    PodShape shape = workspace.shape(pending);
    Map<String, Verdict> verdicts = new TreeMap<>();
    map.sites()
        .forEach((name, site) -> {
          Slot slot = site.slot();
          verdicts.put(
              name.value(),
              new Verdict(workspace.room(shape, slot, 1), workspace.refusal(shape, slot)));
        });
    return verdicts;
  }

  private static <T> T value(Decoded<T> decoded) {
    return switch (decoded) {
      case Decoded.Ok<T> ok -> ok.value();
      case Decoded.Bad<T> bad -> throw new AssertionError(bad.sentence());
    };
  }
}
