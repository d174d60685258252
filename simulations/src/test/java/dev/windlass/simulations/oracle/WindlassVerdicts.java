package dev.windlass.simulations.oracle;

import dev.windlass.core.model.AutoscalerState;
import dev.windlass.core.model.ClusterSnapshot;
import dev.windlass.core.model.Node;
import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.model.Pod;
import dev.windlass.core.scheduling.ClusterMap;
import dev.windlass.core.scheduling.LiteralVerdicts;
import dev.windlass.core.scheduling.PodShape;
import dev.windlass.core.scheduling.Refusal;
import dev.windlass.core.scheduling.Slot;
import dev.windlass.core.scheduling.Workspace;
import dev.windlass.daemon.plan.Dump;
import dev.windlass.daemon.plan.DumpReader;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;

/** What Windlass says of a case, read as {@code windlass plan} reads a dump. */
final class WindlassVerdicts {
  private static final Instant NOW = Instant.EPOCH.plusSeconds(1);

  private final Dump dump;
  private final ObjectKey key;

  WindlassVerdicts(RecordedCase recorded) {
    dump = read(recorded);
    key = new ObjectKey(recorded.namespace(), RecordedCase.PENDING);
  }

  /** What planners see, for each node by its name. */
  Map<String, Verdict> ofPlanners() {
    return of(WindlassVerdicts::inWorkspace);
  }

  /** What the literal reading of the rules says, for each node by its name. */
  Map<String, Verdict> ofReference() {
    return of(WindlassVerdicts::literally);
  }

  private Map<String, Verdict> of(BiFunction<ClusterSnapshot, Pod, Map<String, Verdict>> reading) {
    Pod pending =
        dump.snapshot().workloads().pods().stream()
            .filter(pod -> pod.key().equals(key))
            .findAny()
            .orElseThrow(() -> new AssertionError(key + " was not read: " + dump.unread()));
    String invalid = pending.placement().invalidSpec();
    if (invalid != null) {
      return onAll(dump.snapshot(), "its spec is invalid: " + invalid);
    }
    return pending.isPending()
        ? reading.apply(dump.snapshot(), pending)
        : onAll(dump.snapshot(), "waits for nothing");
  }

  private static Map<String, Verdict> inWorkspace(ClusterSnapshot snapshot, Pod pending) {
    ClusterMap map = ClusterMap.of(snapshot, AutoscalerState.EMPTY, List.of(), NOW);
    Workspace workspace = map.workspace();
    PodShape shape = workspace.shape(pending);
    Map<String, Verdict> verdicts = new TreeMap<>();
    map.sites()
        .forEach((name, site) -> {
          Slot slot = site.slot();
          String refusal = workspace.refusal(shape, slot).map(Refusal::toString).orElse("");
          verdicts.put(name.value(), new Verdict(workspace.room(shape, slot, 1), refusal));
        });
    return verdicts;
  }

  private static Map<String, Verdict> literally(ClusterSnapshot snapshot, Pod pending) {
    Map<String, Verdict> verdicts = new TreeMap<>();
    LiteralVerdicts.of(snapshot, pending)
        .forEach((name, fits) ->
            verdicts.put(name.value(), fits ? new Verdict(1, "") : new Verdict(0, "does not fit")));
    return verdicts;
  }

  private static Map<String, Verdict> onAll(ClusterSnapshot snapshot, String refusal) {
    Map<String, Verdict> verdicts = new TreeMap<>();
    for (Node node : snapshot.capacity().nodes()) {
      verdicts.put(node.name().value(), new Verdict(0, refusal));
    }
    return verdicts;
  }

  private static Dump read(RecordedCase recorded) {
    byte[] objects = recorded.objects().toString().getBytes(StandardCharsets.UTF_8);
    return switch (DumpReader.read(
        List.of("-"), null, new ByteArrayInputStream(objects), Instant.EPOCH)) {
      case Dump.Outcome.Read read -> read.dump();
      case Dump.Outcome.Bad bad -> throw new AssertionError(bad.problems().toString());
    };
  }
}
